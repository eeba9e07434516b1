import * as tf from "@tensorflow/tfjs-core"
import { assertSameShape, ShapeError } from "../tensor/shape.ts"
import type { Loss } from "./loss.ts"

const assertOneChannel = (where: string, logits: tf.Tensor4D): void => {
  if (logits.rank !== 4 || logits.shape[3] !== 1) {
    throw new ShapeError(`${where}: logits`, "[B, H, W, 1]", logits.shape)
  }
}

/** A loss that looks at the expert's mask alone. Shapes are checked, intermediate tensors freed.
 *  The loss throws ShapeError when logits and mask are not of one shape [B, H, W, 1].
 */
export const maskLoss =
  (name: string, compute: (logits: tf.Tensor4D, mask: tf.Tensor4D) => tf.Scalar): Loss =>
  (logits, { mask }) => {
    assertOneChannel(name, logits)
    assertSameShape(`${name}: logits and mask`, logits, mask)
    return tf.tidy(() => compute(logits, mask))
  }

/** A loss that looks at two annotators' masks. Besides what maskLoss checks, it throws when the second mask
 *  is missing, which means that what the loss needs was not declared.
 */
export const twoMaskLoss = (
  name: string,
  compute: (logits: tf.Tensor4D, mask: tf.Tensor4D, second: tf.Tensor4D) => tf.Scalar,
): Loss => {
  return (logits, truth, at) => {
    const { second } = truth
    if (second === undefined) throw new Error(`${name}: the second annotator's mask is missing`)
    assertSameShape(`${name}: logits and second mask`, logits, second)
    return maskLoss(name, (z, mask) => compute(z, mask, second))(logits, truth, at)
  }
}

/** A loss that looks at the expert's mask and the signed distance to its border (Truth.distance). Besides what
 *  maskLoss checks, it throws when the distance is missing, which means that what the loss needs was not declared.
 */
export const distanceLoss = (
  name: string,
  compute: (logits: tf.Tensor4D, mask: tf.Tensor4D, distance: tf.Tensor4D) => tf.Scalar,
): Loss => {
  return (logits, truth, at) => {
    const { distance } = truth
    if (distance === undefined) throw new Error(`${name}: the distance map is missing`)
    assertSameShape(`${name}: logits and distance map`, logits, distance)
    return maskLoss(name, (z, mask) => compute(z, mask, distance))(logits, truth, at)
  }
}
