import type { Mask } from "./mask.ts"
import { assertSameSize } from "./mask.ts"

/** Pixels by what they are (second word) and whether the prediction has it right (first word). */
export interface Confusion {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** Counts the pixels of a prediction against its reference: what dice, iou, precision and recall are made of.
 *  Throws ShapeError when sizes differ. */
export const confusion = (prediction: Mask, reference: Mask): Confusion => {
  assertSameSize("confusion", prediction, reference)
  const p = prediction.data
  const t = reference.data
  let both = 0
  let predicted = 0
  let annotated = 0
  for (let i = 0; i < p.length; i++) {
    both += p[i] & t[i]
    predicted += p[i]
    annotated += t[i]
  }
  return {
    truePositives: both,
    falsePositives: predicted - both,
    falseNegatives: annotated - both,
    trueNegatives: p.length - predicted - annotated + both,
  }
}
