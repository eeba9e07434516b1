import { adaptiveFocalEntry } from "./losses/adaptiveFocal.ts"
import { agBceEntry } from "./losses/agBce.ts"
import { aleatoricEntry } from "./losses/aleatoric.ts"
import { bceEntry } from "./losses/bce.ts"
import { boundaryEntry } from "./losses/boundary.ts"
import { boundaryWeightedBceEntry } from "./losses/boundaryWeightedBce.ts"
import { diceCeEntry } from "./losses/diceCe.ts"
import { diceFocalEntry } from "./losses/diceFocal.ts"
import { focalEntry } from "./losses/focal.ts"
import { focalDiceEntry } from "./losses/focalDice.ts"
import { focalTverskyEntry } from "./losses/focalTversky.ts"
import { hausdorffDtEntry } from "./losses/hausdorffDt.ts"
import { jaccardEntry } from "./losses/jaccard.ts"
import { labelSmoothingEntry } from "./losses/labelSmoothing.ts"
import type { LossEntry } from "./losses/lossEntry.ts"
import { lovaszHingeEntry } from "./losses/lovaszHinge.ts"
import { moduleEntry } from "./losses/module.ts"
import { perImageEntry } from "./losses/perImage.ts"
import { pyTorchFocalEntry } from "./losses/pyTorchFocal.ts"
import { scheduledEntry } from "./losses/scheduled.ts"
import { softDiceEntry } from "./losses/softDice.ts"
import { softTargetsEntry } from "./losses/softTargets.ts"
import { sumEntry } from "./losses/sum.ts"
import { tverskyEntry } from "./losses/tversky.ts"
import { uncertaintySumEntry } from "./losses/uncertaintySum.ts"
import { unifiedFocalEntry } from "./losses/unifiedFocal.ts"
import { weightedEntry } from "./losses/weighted.ts"
import { weightedBceEntry } from "./losses/weightedBce.ts"
import { nestedLosses } from "./nestedLosses.ts"

/** What losses that are made of others know of them. */
export const nested = nestedLosses(() => singleScaleLosses)

/** The losses of one scale, by their YAML names. */
export const singleScaleLosses: Readonly<Record<string, LossEntry>> = {
  bce: bceEntry,
  weightedBce: weightedBceEntry,
  boundaryWeightedBce: boundaryWeightedBceEntry,
  focal: focalEntry,
  pyTorchFocal: pyTorchFocalEntry,
  agBce: agBceEntry,
  adaptiveFocal: adaptiveFocalEntry,
  softDice: softDiceEntry,
  jaccard: jaccardEntry,
  tversky: tverskyEntry,
  focalTversky: focalTverskyEntry,
  focalDice: focalDiceEntry,
  unifiedFocal: unifiedFocalEntry,
  diceCe: diceCeEntry,
  diceFocal: diceFocalEntry,
  aleatoric: aleatoricEntry,
  lovaszHinge: lovaszHingeEntry,
  boundary: boundaryEntry,
  hausdorffDt: hausdorffDtEntry,
  module: moduleEntry,
  sum: sumEntry(nested),
  weighted: weightedEntry(nested),
  scheduled: scheduledEntry(nested),
  perImage: perImageEntry(nested),
  uncertaintySum: uncertaintySumEntry(nested),
  labelSmoothing: labelSmoothingEntry(nested),
  softTargets: softTargetsEntry(nested),
}
