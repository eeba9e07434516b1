import { adaptiveFocalEntry } from "./losses/adaptiveFocal.ts"
import { agBceEntry } from "./losses/agBce.ts"
import { bceEntry } from "./losses/bce.ts"
import { boundaryEntry } from "./losses/boundary.ts"
import { focalDiceEntry } from "./losses/focalDice.ts"
import { focalTverskyEntry } from "./losses/focalTversky.ts"
import { hausdorffDtEntry } from "./losses/hausdorffDt.ts"
import { jaccardEntry } from "./losses/jaccard.ts"
import type { LossEntry } from "./losses/lossEntry.ts"
import { lovaszHingeEntry } from "./losses/lovaszHinge.ts"
import { moduleEntry } from "./losses/module.ts"
import { pyTorchFocalEntry } from "./losses/pyTorchFocal.ts"
import { softDiceEntry } from "./losses/softDice.ts"
import { tverskyEntry } from "./losses/tversky.ts"
import { unifiedFocalEntry } from "./losses/unifiedFocal.ts"

/** The losses of one scale, by their YAML names. */
export const singleScaleLosses: Readonly<Record<string, LossEntry>> = {
  bce: bceEntry,
  pyTorchFocal: pyTorchFocalEntry,
  agBce: agBceEntry,
  adaptiveFocal: adaptiveFocalEntry,
  softDice: softDiceEntry,
  jaccard: jaccardEntry,
  tversky: tverskyEntry,
  focalTversky: focalTverskyEntry,
  focalDice: focalDiceEntry,
  unifiedFocal: unifiedFocalEntry,
  lovaszHinge: lovaszHingeEntry,
  boundary: boundaryEntry,
  hausdorffDt: hausdorffDtEntry,
  module: moduleEntry,
}
