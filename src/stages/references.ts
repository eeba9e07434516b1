import { Effect } from "effect"
import type { Dataset } from "../data/dataset/dataset.ts"
import { fitOf } from "../data/dataset/fit.ts"
import { packMask } from "../data/dataset/packedMask.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"
import { scorePredictions } from "./evaluate.ts"
import { meanMaskName, type ReferenceRow } from "./reportInput.ts"
import { type Stage, stage } from "./stage.ts"

/** Share of the training slices with foreground whose expert mask covers each pixel; [rows, columns] in [0, 1]. */
const meanTrainingMask = ({ train, rows, columns }: Dataset): Float32Array => {
  const pixels = rows * columns
  const sum = new Float32Array(pixels)
  let slices = 0
  for (let i = 0; i < train.count; i++) {
    const mask = train.masks.subarray(i * pixels, (i + 1) * pixels)
    if (!mask.includes(1)) continue
    slices++
    for (let j = 0; j < pixels; j++) sum[j]! += mask[j]!
  }
  return slices === 0 ? sum : sum.map((value) => value / slices)
}

/** What any loss must be held against: the mean training mask, which never looks at the image, and every
 *  human annotator, scored against the expert exactly as a network is. */
export const references = (scoring: ScoreOptions): Stage<Dataset, readonly ReferenceRow[], never, never> =>
  stage("references", (dataset) =>
    Effect.sync(() => {
      const mean = meanTrainingMask(dataset)
      const constant = dataset.testCases.map((one) => {
        const slices = one.geometry.shape[2]
        const native = fitOf(dataset, one.geometry).native(mean)
        const slice = Uint8Array.from(native, (share) => (share >= 0.5 ? 1 : 0))
        const mask = new Uint8Array(slice.length * slices)
        for (let i = 0; i < slices; i++) mask.set(slice, i * slice.length)
        return { of: one, mask: packMask(mask) }
      })
      const annotators = [...new Set(dataset.testCases.flatMap((one) => Object.keys(one.annotators)))]
      return [
        { name: meanMaskName, scores: scorePredictions(constant, scoring) },
        ...annotators.map((name) => ({
          name,
          scores: scorePredictions(
            dataset.testCases.flatMap((one) => {
              const mask = one.annotators[name]
              return mask === undefined ? [] : [{ of: one, mask }]
            }),
            scoring,
          ),
        })),
      ]
    }),
  )
