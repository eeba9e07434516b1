import type { LossEntry } from "../../src/config/catalog/losses/lossEntry.ts"
import { allClaims, claimantOf } from "../../src/config/catalog/lossSubject.ts"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { lossValueAndGradient } from "../../src/laws/evaluate.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { referencesOf } from "../losses/references.ts"

const runs = { runs: 15, seed: 20240827, shrink: false }

const isFar = (found: number, expected: number, scale: number): boolean =>
  !(Math.abs(found - expected) <= 1e-4 * scale + 1e-6)

/** Whether value or gradient differ from the reference by more than a hundred times what the right loss may. */
const missesReference = (kind: string, entry: LossEntry): boolean =>
  referencesOf(kind).some(({ options, input, value, gradient }) => {
    const loss = entry.build(options) as Loss
    const found = lossValueAndGradient(loss, input)
    const largest = Math.max(...gradient.map(Math.abs))
    return (
      isFar(found.value, value, Math.abs(value)) ||
      gradient.some((slope, i) => isFar(found.gradient[i]!, slope, largest))
    )
  })

/** What notices that a loss is wrong: names of laws that it claims, and "reference" for the numbers of another
 *  program. Claims that a law does not hold are left out. Claims that compare it with itself, or with a loss that shares the fault, see the fault on both sides. */
export const killersOf = (kind: string, mutated: LossEntry): readonly string[] => {
  const { subject } = claimantOf(kind)
  const faulty = { ...subject, build: (options: object) => mutated.build({ ...options }) as Loss }
  const laws = allClaims(mutated)
    .filter((claim) => claim.holds && !checkClaim(faulty, claim, runs).passed)
    .map(({ law }) => law.name)
  return [...new Set(laws), ...(missesReference(kind, mutated) ? ["reference"] : [])]
}
