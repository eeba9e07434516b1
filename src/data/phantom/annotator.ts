import type { Key } from "../../tensor/randomKey.ts"
import type { Capsule } from "./capsule.ts"
import { type Ring, ringCurve, ringOf } from "./randomCurve.ts"

/** How someone other than the expert draws. */
export interface Annotator {
  /** Standard deviation of the radial error where the outline can be seen. */
  readonly errorMm: number
  /** Mean radial error: positive draws too large, negative too small. */
  readonly biasMm: number
  /** How many times larger the error is in the middle of the bladder neck. */
  readonly neckFactor: number
}

/** Who draws the test patients. Set so that their mean Dice against the expert comes out near 0.882, 0.874 and
 *  0.832, what a third party recomputed from the published data; measured in docs/explanation/phantom.md. */
export const testAnnotators = {
  masterStudent: { errorMm: 1.65, biasMm: -0.3, neckFactor: 1.8 },
  clinician: { errorMm: 1.95, biasMm: 0.5, neckFactor: 1.8 },
  medicalStudent: { errorMm: 2.25, biasMm: -0.8, neckFactor: 1.8 },
} as const satisfies Record<string, Annotator>

/** Who draws the training patients beside the expert. */
export const trainAnnotators = {
  nonExpert: { errorMm: 1.8, biasMm: 0.4, neckFactor: 1.8 },
} as const satisfies Record<string, Annotator>

/** One annotator's radii for one patient: the true ones plus an error that is smooth along the outline and along
 *  the sweep, and larger at the bladder neck. All annotators see the prostate on the same slices.
 *  @returns the drawn radii at the place u of the sweep, in mm, given the true ones */
export const drawnBy = (
  key: Key,
  { errorMm, biasMm, neckFactor }: Annotator,
  neck: Capsule["neck"],
): ((radiiMm: Ring, u: number) => Ring) => {
  const errors = ringCurve(key.draws(), { from: 0, to: 4, wander: 0.6 })
  return (radiiMm, u) => {
    const error = errors(u)
    return ringOf((i) => {
      const radius = radiiMm[i]!
      const off = biasMm + errorMm * (1 + (neckFactor - 1) * neck[i]!) * error[i]!
      // A small outline is drawn with a smaller error, and never turns inside out.
      return Math.max(0.3 * radius, radius + off * Math.min(1, radius / 10))
    })
  }
}
