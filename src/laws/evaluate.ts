import * as tf from "@tensorflow/tfjs-core"
import type { At, Loss, Truth } from "../losses/loss.ts"
import { signedDistances } from "../metrics/signedDistance.ts"
import type { Params } from "../tensor/tree.ts"
import type { LossCase } from "./lossCase.ts"

/** [B, H, W, 1]. Call inside tf.tidy. */
export const map = (values: readonly number[], [batch, rows, columns]: LossCase["shape"]): tf.Tensor4D =>
  tf.tensor4d([...values], [batch, rows, columns, 1])

/** Where training stands in a case; the key is the same for all. Call inside tf.tidy. */
export const atOf = ({ progress = 0 }: Pick<LossCase, "progress"> = {}): At => ({
  progress: tf.scalar(progress),
  key: tf.tensor1d([3, 7], "int32"),
})

/** Signed distance to the border of each image's mask, a soft mask cut at 1/2. */
const distances = ({ shape, mask }: LossCase): number[] => [
  ...signedDistances(
    Uint8Array.from(mask, (y) => (y >= 0.5 ? 1 : 0)),
    shape,
  ),
]

/** All that a loss can be given of the truth. Call inside tf.tidy. */
export const truthOf = (of: LossCase): Required<Truth> => ({
  mask: map(of.mask, of.shape),
  second: map(of.second, of.shape),
  distance: map(distances(of), of.shape),
})

/** Value of a loss.
 *  @param params of a loss that learns */
export const lossValue = ({ apply }: Loss, of: LossCase, params: Params = {}): number =>
  tf.tidy(() => apply(params, map(of.logits, of.shape), truthOf(of), atOf(of)).dataSync()[0]!)

/** Value of a loss and its gradient with respect to the logits.
 *  @param params of a loss that learns */
export const lossValueAndGradient = (
  { apply }: Loss,
  of: LossCase,
  params: Params = {},
): { readonly value: number; readonly gradient: number[] } =>
  tf.tidy(() => {
    const [truth, at] = [truthOf(of), atOf(of)]
    const { value, grad } = tf.valueAndGrad((z: tf.Tensor) => apply(params, z as tf.Tensor4D, truth, at))(
      map(of.logits, of.shape),
    )
    return { value: value.dataSync()[0]!, gradient: [...grad.dataSync()] }
  })
