import { squaredDistanceTransform } from "./distanceTransform.ts"
import type { Mask } from "./mask.ts"

const spacing = [1, 1] as const

/** Signed distance of every pixel to the mask's border, in pixels: outside, to the nearest pixel of the mask
 *  (1 and more); inside, to the nearest pixel outside, less one, negative (0 and less). 0 everywhere when the mask
 *  is empty or full: there is no border. Source: the level set of Kervadec et al. 2019. */
export const signedDistance = ({ shape, data }: Mask): Float32Array => {
  const signed = new Float32Array(data.length)
  if (!data.includes(1) || !data.includes(0)) return signed
  const toMask = squaredDistanceTransform({ shape, data }, spacing)
  const toRest = squaredDistanceTransform({ shape, data: data.map((bit) => 1 - bit) }, spacing)
  for (let i = 0; i < signed.length; i++)
    signed[i] = data[i] === 1 ? 1 - Math.sqrt(toRest[i]) : Math.sqrt(toMask[i])
  return signed
}

/** Signed distance of each image of a batch.
 *  @param masks [B, H, W], 0 or 1
 *  @returns [B, H, W] */
export const signedDistances = (
  masks: Uint8Array,
  [batch, rows, columns]: readonly [batch: number, rows: number, columns: number],
): Float32Array => {
  const pixels = rows * columns
  const signed = new Float32Array(masks.length)
  for (let image = 0; image < batch; image++) {
    const data = masks.subarray(image * pixels, (image + 1) * pixels)
    signed.set(signedDistance({ shape: [rows, columns], data }), image * pixels)
  }
  return signed
}
