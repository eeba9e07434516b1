import type { Claimant } from "../config/catalog/lossSubject.ts"
import { hasModule } from "../config/catalog/nestedLosses.ts"
import { Failure, failure, type Problem } from "../failure/failure.ts"
import { checkClaim, type Verdict } from "../laws/checkClaim.ts"
import { universalLaws } from "../laws/universal.ts"
import { shellQuoted } from "./shellQuoted.ts"
import { startChosenEngine } from "./startChosenEngine.ts"
import { claimantOfModule, claimantsOf } from "./verify/claimants.ts"
import { faultsOf } from "./verify/faults.ts"
import { ofLaw } from "./verify/ofLaw.ts"
import { type Verified, verifiedJson } from "./verify/verified.ts"
import { type VerifyCommand, type VerifyOptions, verifyOptions } from "./verify/verifyOptions.ts"
import { verifyText } from "./verify/verifyText.ts"

/** Checks what losses claim, law by law, on random inputs that the seed decides.
 *  @param said see claimantsOf; undefined is every loss of the catalogue, or --module
 *  Throws Failure: check when a claim fails (after printing its counterexample), usage, config. */
export const verify = async (
  said: string | undefined,
  command: VerifyCommand,
  out: (text: string) => void,
): Promise<void> => {
  const options = verifyOptions(said, command)
  await startChosenEngine(command.backend)
  const { module, law } = options
  const found =
    module === undefined ? await claimantsOf(said) : [await claimantOfModule(module, options.options)]
  const all: Verified[] = []
  const about = law === undefined ? found : ofLaw(found, law)
  for (const { claimant, observed } of about) {
    const again = (verdict: Verdict) => reproducing(wordsFor(claimant, said, about.length), options, verdict)
    const verdicts = verdictsOn(claimant, options)
    const tried = verdictsOn({ ...claimant, claims: observed }, options)
    if (verdicts.length + tried.length === 0) continue
    const { seed, runs } = { ...options, ...(options.path === undefined ? {} : { runs: 1 }) }
    const { spec } = claimant
    const verified = {
      ...{ name: nameOf(claimant), verdicts, observed: tried, runs, seed, again },
      madeOfModule: spec !== undefined && spec.kind !== "module" && hasModule(spec),
    }
    all.push(verified)
    if (!options.json) out(verifyText(verified))
  }
  if (all.length === 0) throw leadsNowhere
  if (options.json) out(`${JSON.stringify({ losses: all.map(verifiedJson) })}\n`)
  const problems = all.flatMap(problemsOf)
  if (problems.length > 0) throw new Failure("check", problems)
  if (!options.json) out(`${summary(all)}\n`)
}

const nameOf = ({ subject, spec }: Claimant): string => {
  if (spec === undefined) return subject.name
  const { kind, preset: _, ...options } = spec
  if (kind !== "module") return `${subject.name} ${JSON.stringify(options)}`
  const given = JSON.stringify(spec.options)
  return given === "{}" ? subject.name : `${subject.name} ${given}`
}

/** What names this loss alone on the command line. */
const wordsFor = ({ subject, spec }: Claimant, said: string | undefined, losses: number): string => {
  if (spec !== undefined && losses > 1) return JSON.stringify(spec)
  return said ?? subject.name
}

const leadsNowhere = failure("usage", {
  message: "--path leads to no input",
  fix: "copy the whole command that was printed with the counterexample; a path holds for the version of losslab that printed it",
})

/** With --path, of those claims alone that it can be a counterexample to. */
const verdictsOn = (
  { subject, claims }: Claimant,
  { runs, seed, path }: VerifyOptions,
): readonly Verdict[] => {
  if (path === undefined) return claims.map((claim) => checkClaim(subject, claim, { runs, seed }))
  return claims
    .filter(({ holds }) => holds)
    .flatMap((claim) => {
      try {
        return [checkClaim(subject, claim, { runs, seed, path })]
      } catch (error) {
        // fast-check's, of a path that leads out of the inputs
        if (error instanceof Error && error.message.startsWith("Unable to replay")) return []
        throw error
      }
    })
}

const reproducing = (
  said: string,
  { module, options, runs }: VerifyOptions,
  { claim, counterexample }: Verdict,
): string => {
  const what =
    module === undefined
      ? shellQuoted(said)
      : `--module ${shellQuoted(module)}${options === undefined ? "" : ` --options ${shellQuoted(options)}`}`
  return `losslab verify ${what} --law ${claim.law.name} --runs ${runs} --seed ${counterexample?.seed} --path ${counterexample?.path}`
}

const problemsOf = ({ name, verdicts, again }: Verified): readonly Problem[] =>
  faultsOf(verdicts).map(({ laws, verdicts: failed }) => {
    const [verdict] = failed
    const { claim, counterexample, runs } = verdict
    if (counterexample === undefined)
      return {
        message: `\`${name}\` says that it does not obey ${laws}, and no counterexample was found`,
        expected: `a counterexample to: ${claim.law.says}`,
        found: `none in ${runs} runs`,
        fix: "claim the law, or correct for which options it is said not to hold",
      }
    const mend = universalLaws.includes(claim.law)
      ? "mend the loss"
      : "mend the loss, or do not claim the law"
    return {
      message: `\`${name}\` does not obey ${laws}`,
      ...(failed.length > 1 ? {} : { expected: claim.law.says }),
      found: counterexample.found,
      fix: `${mend}; again: ${again(verdict)}`,
    }
  })

const summary = (all: readonly Verified[]): string => {
  const claims = all.reduce((sum, { verdicts }) => sum + verdicts.length, 0)
  const losses = all.length === 1 ? "1 loss" : `${all.length} losses`
  if (claims === 0) return `${losses}, no claim`
  return `${losses}, ${claims === 1 ? "1 claim, which holds" : `${claims} claims, all hold`}`
}
