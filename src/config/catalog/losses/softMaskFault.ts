import type { RecordFault } from "../../language/description.ts"
import { type NestedLosses, placedTermsOf } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"

/** What is wrong with a loss, at `path`, that is to be given masks between 0 and 1: the innermost loss that is right
 *  for masks in {0, 1} alone; null when there is none. */
export const softMaskFault = (nested: NestedLosses, spec: PartSpec, path: string): RecordFault | null => {
  if (nested.softMask(spec)) return null
  const inside = placedTermsOf(spec).find(([, term]) => !nested.softMask(term))
  if (inside !== undefined) return softMaskFault(nested, inside[1], `${path}.${inside[0]}`)
  return {
    path,
    message: `${spec.kind} is right for masks in {0, 1} alone, and would be given masks between them`,
    expected: "a loss that takes soft masks",
    found: spec.kind,
    fix: "choose one that does, such as bce, weightedBce or focal, or leave the masks as they are",
  }
}
