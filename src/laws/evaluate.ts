import * as tf from "@tensorflow/tfjs-core"
import type { At, Loss, Truth } from "../losses/loss.ts"
import type { ScaleLoss } from "../losses/scaleLoss.ts"
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

/** Value of a loss. */
export const lossValue = (loss: Loss, of: LossCase): number =>
  tf.tidy(() => loss(map(of.logits, of.shape), truthOf(of), atOf(of)).dataSync()[0]!)

/** Value of a loss and its gradient with respect to the logits. */
export const lossValueAndGradient = (
  loss: Loss,
  of: LossCase,
): { readonly value: number; readonly gradient: number[] } =>
  tf.tidy(() => {
    const [truth, at] = [truthOf(of), atOf(of)]
    const { value, grad } = tf.valueAndGrad((z: tf.Tensor) => loss(z as tf.Tensor4D, truth, at))(
      map(of.logits, of.shape),
    )
    return { value: value.dataSync()[0]!, gradient: [...grad.dataSync()] }
  })

/** A loss with its parameters given. */
export const lossAt =
  ({ apply }: ScaleLoss, params: Params): Loss =>
  (logits, truth, at) =>
    apply(params, logits, truth, at)
