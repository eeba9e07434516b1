import { scaleSpecs } from "../../config/catalog/losses.ts"
import type { PartSpec } from "../../config/catalog/part.ts"
import { Failure, type Problem } from "../../failure/failure.ts"
import { checkClaim } from "../../laws/checkClaim.ts"
import { shellQuoted } from "../shellQuoted.ts"
import { claimantOfSpec, distinct } from "./claimants.ts"
import { faultsOf } from "./faults.ts"
import { shownGiven } from "./shownGiven.ts"

/** Enough to notice a loss that is plainly wrong, in about a second for each. */
const short = { runs: 10, seed: 1 }

/** A short `verify` of the losses of an experiment, before a grid of trainings starts.
 *  Throws Failure("check") with every law that fails. */
export const checkLaws = async (file: string, losses: readonly PartSpec[]): Promise<void> => {
  const problems: Problem[] = []
  for (const spec of distinct(losses.flatMap(scaleSpecs))) {
    const { claimant } = await claimantOfSpec(spec)
    const verdicts = claimant.claims.map((claim) => checkClaim(claimant.subject, claim, short))
    for (const { laws, verdicts: failed } of faultsOf(verdicts)) {
      const [{ claim, counterexample }] = failed
      if (counterexample === undefined) continue
      problems.push({
        file,
        path: "train.loss",
        message: `the loss ${spec.kind} does not obey ${laws}`,
        ...(failed.length > 1 ? {} : { expected: claim.law.says }),
        found: `${counterexample.found}, for ${shownGiven(counterexample.given).join("; ")}`,
        fix: `see \`losslab verify ${shellQuoted(file)}\``,
      })
    }
  }
  if (problems.length > 0) throw new Failure("check", problems)
}
