import * as tf from "@tensorflow/tfjs-core"
import { childKey } from "../tensor/childKey.ts"
import { assertSameShape } from "../tensor/shape.ts"
import type { Loss, Truth } from "./loss.ts"

/** Maps of a batch, image by image: each [1, H, W, 1]. tf.split into one part has no gradient. */
const images = (maps: tf.Tensor4D): tf.Tensor4D[] =>
  maps.shape[0] === 1 ? [maps] : tf.split(maps, maps.shape[0], 0)

const truths = ({ mask, second, distance }: Truth): Truth[] => {
  const [seconds, distances] = [second && images(second), distance && images(distance)]
  return images(mask).map((one, i) => ({
    mask: one,
    ...(seconds && { second: seconds[i]! }),
    ...(distances && { distance: distances[i]! }),
  }))
}

/** The mean over the images of a batch of the loss of each image alone.
 *  Changes the losses that are not means over images, such as those with one sum or one gamma over the batch; the
 *  others it only makes slower, since it computes them once for every image. The images share the parameters and
 *  no noise. The range stays.
 *  The loss throws ShapeError when logits and mask are not of one shape.
 *  @example perImage(adaptiveFocal({ ...seedCode, kernel: 4 }))
 */
export const perImage = (loss: Loss): Loss => ({
  ...loss,
  apply: (params, logits, truth, at) =>
    tf.tidy(() => {
      assertSameShape("perImage: logits and mask", logits, truth.mask)
      const each = truths(truth)
      const values = images(logits).map((one, i) =>
        loss.apply(params, one, each[i]!, { ...at, key: childKey(at.key, i) }),
      )
      return tf.div(tf.addN(values), values.length)
    }),
})
