import * as tf from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import { leaves, mapTree, type Params, type Tree } from "../tensor/tree.ts"

/** How a leaf starts: its tensor, from its own key; and the shape, which is known without it. */
export interface Leaf {
  (key: Key): tf.Tensor
  readonly shape: readonly number[]
}

const leafOf = (shape: readonly number[], start: (key: Key) => tf.Tensor): Leaf =>
  Object.assign(start, { shape })

/** He (Kaiming) normal for what follows a ReLU: standard deviation sqrt(2 / fanIn).
 *  @param fanIn number of products summed in one output value
 *  Source: He et al. 2015, equation 10. */
export const heNormal = (shape: readonly number[], fanIn: number): Leaf =>
  leafOf(shape, (key) => {
    const draws = key.draws()
    const deviation = Math.sqrt(2 / fanIn)
    const count = shape.reduce((product, size) => product * size, 1)
    return tf.tensor(
      Float32Array.from({ length: count }, () => deviation * draws.normal()),
      [...shape],
    )
  })

/** A vector of one value. */
export const filled = (length: number, value: number): Leaf =>
  leafOf([length], () => tf.fill([length], value))

/** The shape of every leaf, by its path. */
export const shapesOf = (tree: Tree<Leaf>): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(leaves(tree).map(([path, { shape }]) => [path, shape]))

/** Tensors of a tree of leaves. Each draws from its path's key, so that a new leaf changes no other. */
export const grow = (tree: Tree<Leaf>, key: Key): Params =>
  mapTree(tree, (leaf, path) => leaf(key.child(path)))
