import * as tf from "@tensorflow/tfjs-core"
import { map } from "../../src/laws/evaluate.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import type { Loss } from "../../src/losses/loss.ts"
import type { Params } from "../../src/tensor/tree.ts"
import { leaves, mapTree, type Tree } from "../../src/tensor/tree.ts"
import { valueAndGradient } from "../../src/tensor/valueAndGradient.ts"

interface Given {
  /** Values of the loss's own parameters, by path; a vector each. */
  readonly params?: Tree<readonly number[]>
  readonly progress?: number
  readonly key?: readonly [number, number]
}

export interface Slopes {
  readonly value: number
  /** With respect to the logits. */
  readonly gradient: number[]
  /** With respect to the loss's own parameters, by path. */
  readonly own: Readonly<Record<string, number[]>>
}

/** Value of a loss that may learn, its gradient with respect to the logits and to its own parameters. */
export const lossSlopes = (loss: Loss, of: LossCase, given: Given = {}): Slopes =>
  tf.tidy(() => {
    const { params = {}, progress = 0, key = [0, 0] } = given
    const truth = { mask: map(of.mask, of.shape), second: map(of.second, of.shape) }
    const at = { progress: tf.scalar(progress), key: tf.tensor1d([...key], "int32") }
    const { value, gradient } = valueAndGradient(
      (tree) => ({
        value: loss.apply((tree.own ?? {}) as Params, tree.logits as tf.Tensor4D, truth, at),
        aux: {},
      }),
      { logits: map(of.logits, of.shape), own: mapTree(params, (values) => tf.tensor1d([...values])) },
    )
    const read = (leaf: tf.Tensor) => [...leaf.dataSync<"float32">()]
    return {
      value: read(value)[0]!,
      gradient: read(gradient.logits as tf.Tensor),
      own: Object.fromEntries(
        leaves((gradient.own ?? {}) as Params).map(([path, leaf]) => [path, read(leaf)]),
      ),
    }
  })

/** What is to be seen of the key that a loss gets: low bits of its words, as the value of the loss. */
export const keyAsLoss: Loss = {
  needs: { second: false, distance: false },
  init: () => ({}),
  apply: (_params, _logits, _truth, { key }) =>
    tf.sum(tf.mul(tf.cast(tf.mod(key, tf.scalar(997, "int32")), "float32"), tf.tensor1d([1, 1e-3]))),
}
