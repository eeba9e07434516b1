import type { HausdorffDtOptions } from "../../losses/hausdorffDt.ts"
import type { LossCase } from "../lossCase.ts"
import { plainDistance, plainDistanceOf } from "./plainDistance.ts"
import { mean, sigmoid } from "./scalar.ts"

/** Unsigned distance to the other side from the signed one of the same pixel, whose image has two sides. */
const unsigned = (signed: number): number => (signed > 0 ? signed : 1 - signed)

/** Distances to the other side; an image whose signed distances are all 0 has one side only. */
const toOtherSide = (signed: readonly number[], pixels: number): number[] =>
  signed.map((value, i) => {
    const start = i - (i % pixels)
    return signed.slice(start, start + pixels).every((other) => other === 0) ? 0 : unsigned(value)
  })

/** Hausdorff-distance loss by distance transforms, in float64. */
export const plainHausdorffDt = (of: LossCase, { exponent }: HausdorffDtOptions): number => {
  const pixels = of.shape[1] * of.shape[2]
  const truth = toOtherSide(plainDistance(of), pixels)
  const predicted = of.logits.map((z) => z > 0)
  const prediction = toOtherSide(plainDistanceOf(predicted, of.shape), pixels)
  return mean(
    of.logits.map(
      (z, i) => (sigmoid(z) - of.mask[i]!) ** 2 * (prediction[i]! ** exponent + truth[i]! ** exponent),
    ),
  )
}
