import * as tf from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import { assertSameShape, ShapeError } from "../tensor/shape.ts"
import type { Params } from "../tensor/tree.ts"
import { type At, distanceMap, type Loss, nothing, secondAnnotator } from "./loss.ts"

/** What a loss computes with beside its maps: parameters of its own, and where training stands. */
export interface Given {
  readonly params: Params
  readonly at: At
}

/** Makes the parameters of a loss that learns. */
type Init = (key: Key) => Params

const noParams: Init = () => ({})

const assertOneChannel = (where: string, logits: tf.Tensor4D): void => {
  if (logits.rank !== 4 || logits.shape[3] !== 1) {
    throw new ShapeError(`${where}: logits`, "[B, H, W, 1]", logits.shape)
  }
}

/** A loss that looks at the expert's mask alone. Shapes are checked, intermediate tensors freed.
 *  The loss throws ShapeError when logits and mask are not of one shape [B, H, W, 1].
 *  @param compute of maps [B, H, W, 1]
 *  @param init    of a loss that learns
 */
export const maskLoss = (
  name: string,
  compute: (logits: tf.Tensor4D, mask: tf.Tensor4D, given: Given) => tf.Scalar,
  init: Init = noParams,
): Loss => ({
  needs: nothing,
  init,
  apply: (params, logits, { mask }, at) => {
    assertOneChannel(name, logits)
    assertSameShape(`${name}: logits and mask`, logits, mask)
    return tf.tidy(() => compute(logits, mask, { params, at }))
  },
})

/** A loss that looks at the expert's mask and at another map of the truth. */
const twoMapLoss = (
  name: string,
  {
    needs,
    map,
    absent,
    words,
  }: Omit<Loss, "init" | "apply"> & {
    readonly map: "second" | "distance"
    readonly absent: string
    readonly words: string
  },
  compute: (logits: tf.Tensor4D, mask: tf.Tensor4D, map: tf.Tensor4D, given: Given) => tf.Scalar,
  init: Init = noParams,
): Loss => ({
  needs,
  init,
  apply: (params, logits, truth, at) => {
    const other = truth[map]
    if (other === undefined) throw new Error(`${name}: ${absent} is missing`)
    assertSameShape(`${name}: logits and ${words}`, logits, other)
    return maskLoss(name, (z, mask, given) => compute(z, mask, other, given)).apply(params, logits, truth, at)
  },
})

/** A loss that looks at two annotators' masks, and needs the second. Besides what maskLoss checks, it throws Error
 *  when the second mask is missing.
 */
export const twoMaskLoss = (
  name: string,
  compute: (logits: tf.Tensor4D, mask: tf.Tensor4D, second: tf.Tensor4D, given: Given) => tf.Scalar,
  init?: Init,
): Loss =>
  twoMapLoss(
    name,
    {
      ...{ needs: secondAnnotator, map: "second" },
      ...{ absent: "the second annotator's mask", words: "second mask" },
    },
    compute,
    init,
  )

/** A loss that looks at the expert's mask and the signed distance to its border (Truth.distance), and needs it.
 *  Besides what maskLoss checks, it throws Error when the distance is missing.
 */
export const distanceLoss = (
  name: string,
  compute: (logits: tf.Tensor4D, mask: tf.Tensor4D, distance: tf.Tensor4D, given: Given) => tf.Scalar,
  init?: Init,
): Loss =>
  twoMapLoss(
    name,
    { needs: distanceMap, map: "distance", absent: "the distance map", words: "distance map" },
    compute,
    init,
  )
