import * as tf from "@tensorflow/tfjs-core"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import type { Loss } from "./loss.ts"
import { distanceLoss } from "./maskLoss.ts"

/** Boundary loss, mean over B, H and W of p phi, p = sigmoid(z), phi the signed distance to the mask's border in
 *  pixels (Truth.distance): positive outside, 0 and less inside, 0 everywhere for an empty or a full mask.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.distance; of truth.mask it uses nothing else. It is linear
 *  in p, with gradient phi p (1 - p) / BHW, so confident errors have none; it returns a scalar between
 *  mean(min(phi, 0)), where p is the mask, and mean(max(phi, 0)): it is NEGATIVE near the optimum. The innermost
 *  line of pixels inside the border has phi = 0: it is not supervised, nor is any pixel of an image without border.
 *  Hence a companion of a loss of regions, such as softDice, in a sum whose weights may be scheduled.
 *  The loss throws ShapeError when shapes differ, Error when the distance is missing.
 *  Source: Kervadec et al. 2019; their code (boundary-loss: SurfaceLoss with one_hot2dist).
 *  Deviations: that code makes of a full mask whatever the distance transform says without a border, and refuses
 *  distance maps that hold 0 and 1 alone; here the former is 0 everywhere and the latter is a map like others.
 *  @example boundary().apply({}, logits, { mask, distance }, at)
 */
export const boundary = (): Loss =>
  distanceLoss("boundary", (logits, _mask, distance) =>
    meanWithSlopes([logits], (z) => {
      const p = tf.sigmoid(z)
      const values = tf.mul(p, distance)
      return { values, slopes: [tf.mul(values, tf.sub(1, p))] }
    }),
  )
