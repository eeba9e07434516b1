import * as tf from "@tensorflow/tfjs-core"
import type { Loss, Truth } from "../losses/loss.ts"
import { rootKey } from "../tensor/randomKey.ts"
import { leaves, type Params } from "../tensor/tree.ts"
import { lossValue, lossValueAndGradient } from "./evaluate.ts"
import type { LossCase } from "./lossCase.ts"
import type { Options, Subject } from "./subject.ts"

/** A loss with its options, and the parameters that it starts with. */
export interface Instance {
  readonly subject: Subject
  readonly options: Options
  readonly loss: Loss
  readonly params: Params
  value(of: LossCase): number
  valueAndGradient(of: LossCase): { readonly value: number; readonly gradient: readonly number[] }
  /** Value of the same loss with some options changed. */
  valueWith(changed: Options, of: LossCase): number
}

/** A loss that gets of the truth only what it declares that it needs: the rest may be missing in training. */
const declared = (loss: Loss): Loss => ({
  ...loss,
  apply: (params, logits, { mask, second, distance }, at) => {
    const { needs } = loss
    const truth: Truth = {
      mask,
      ...(needs.second && second !== undefined ? { second } : {}),
      ...(needs.distance && distance !== undefined ? { distance } : {}),
    }
    return loss.apply(params, logits, truth, at)
  },
})

/** Value of a loss with the parameters that it starts with. */
export const startValue = (loss: Loss, of: LossCase): number =>
  tf.tidy(() => lossValue(loss, of, loss.init(rootKey(1))))

/** Builds a loss, uses it, and frees its parameters. */
export const withInstance = <A>(subject: Subject, options: Options, use: (loss: Instance) => A): A => {
  const loss = declared(subject.build(options))
  const params = loss.init(rootKey(1))
  try {
    return use({
      subject,
      options,
      loss,
      params,
      value: (of) => lossValue(loss, of, params),
      valueAndGradient: (of) => lossValueAndGradient(loss, of, params),
      valueWith: (changed, of) => startValue(declared(subject.build({ ...options, ...changed })), of),
    })
  } finally {
    tf.dispose(leaves(params).map(([, leaf]) => leaf))
  }
}
