import { squaredDistanceTransform } from "./distanceTransform.ts"
import type { Mask } from "./mask.ts"

const spacing = [1, 1] as const

/** Signed distance of every pixel to the mask's border, in pixels: outside, to the nearest pixel of the mask
 *  (1 and more); inside, to the nearest pixel outside, less one, negative (0 and less). 0 everywhere when the mask
 *  is empty or full: there is no border. Source: the level set of Kervadec et al. 2019. */
export const signedDistance = (mask: Mask): Float32Array => {
  const toMask = squaredDistanceTransform(mask, spacing)
  const toRest = squaredDistanceTransform({ ...mask, data: mask.data.map((bit) => 1 - bit) }, spacing)
  const inside = (i: number) => mask.data[i] === 1
  const distance = (_: number, i: number) => (inside(i) ? 1 - Math.sqrt(toRest[i]!) : Math.sqrt(toMask[i]!))
  return Float32Array.from(toMask, distance).map((value) => (Number.isFinite(value) ? value : 0))
}
