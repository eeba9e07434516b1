import { foursOf } from "../tensor/fours.ts"
import type { Mask } from "./mask.ts"
import { assertSameSize } from "./mask.ts"

/** Pixels by what they are (second word) and whether the prediction has it right (first word). */
export interface Confusion {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** So many fours can be added before a byte overflows. */
const block = 255

/** The sum of the four bytes of a number. */
const bytesIn = (four: number): number => {
  const pairs = (four & 0x00ff00ff) + ((four >>> 8) & 0x00ff00ff)
  return (pairs & 0xffff) + (pairs >>> 16)
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
  // Four pixels at a time, each counted in its own byte of a sum.
  const ps = foursOf(p)
  const ts = foursOf(t)
  for (let start = 0; start < ps.length; start += block) {
    const end = Math.min(start + block, ps.length)
    let [boths, predicteds, annotateds] = [0, 0, 0]
    for (let four = start; four < end; four++) {
      boths = (boths + (ps[four] & ts[four])) | 0
      predicteds = (predicteds + ps[four]) | 0
      annotateds = (annotateds + ts[four]) | 0
    }
    both += bytesIn(boths)
    predicted += bytesIn(predicteds)
    annotated += bytesIn(annotateds)
  }
  for (let i = 4 * ps.length; i < p.length; i++) {
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
