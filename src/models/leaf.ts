import * as tf from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/key.ts"
import { mapTree, type Params, type Tree } from "../tensor/tree.ts"

/** How a leaf starts: its tensor, from its own key. */
export type Leaf = (key: Key) => tf.Tensor

/** He (Kaiming) normal for what follows a ReLU: standard deviation sqrt(2 / fanIn).
 *  @param fanIn number of products summed in one output value
 *  Source: He et al. 2015, equation 10. */
export const heNormal =
  (shape: readonly number[], fanIn: number): Leaf =>
  (key) => {
    const draws = key.draws()
    const deviation = Math.sqrt(2 / fanIn)
    const count = shape.reduce((product, size) => product * size, 1)
    return tf.tensor(
      Float32Array.from({ length: count }, () => deviation * draws.normal()),
      [...shape],
    )
  }

/** A vector of one value. */
export const filled =
  (length: number, value: number): Leaf =>
  () =>
    tf.fill([length], value)

/** Tensors of a tree of leaves. Each draws from its path's key, so that a new leaf changes no other. */
export const grow = (tree: Tree<Leaf>, key: Key): Params =>
  mapTree(tree, (leaf, path) => leaf(key.child(path)))
