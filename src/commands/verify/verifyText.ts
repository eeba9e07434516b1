import type { Verdict } from "../../laws/checkClaim.ts"
import { textTable, words } from "../../terminal/textTable.ts"
import { type Fault, faultsOf, threw } from "./faults.ts"
import { shownGiven } from "./shownGiven.ts"
import type { Verified } from "./verified.ts"

/** What is said of a law that does not hold: of a claim, and of what is not claimed but tried. */
type Failed = "FAILED" | "does not hold"

const resultOf = ({ claim, passed }: Verdict, failed: Failed): string => {
  if (!passed) return failed
  return claim.holds ? "holds" : "does not hold, as said"
}

const saysOf = ({ claim: { law, because } }: Verdict): string =>
  because === undefined ? law.says : `${law.says} Not here: ${because}.`

const tableOf = (verdicts: readonly Verdict[], failed: Failed): string =>
  textTable(
    [words("law"), words("for"), words("result"), words("it says")],
    verdicts.map((verdict) => [
      verdict.claim.law.name,
      verdict.claim.when?.says ?? "",
      resultOf(verdict, failed),
      saysOf(verdict),
    ]),
  )

const faultText = (
  { laws, verdicts: [verdict] }: Fault,
  again: Verified["again"],
  failed: Failed,
): string => {
  const { counterexample, runs } = verdict
  const head = `\n${laws} ${failed}: `
  if (counterexample === undefined) return `${head}said not to hold, it held in ${runs} runs\n`
  const lines = [...shownGiven(counterexample.given), `again:   ${again(verdict)}`]
  return `${head}${counterexample.found}\n${lines.map((line) => `  ${line}\n`).join("")}`
}

/** A table of verdicts, then the counterexamples. */
const verdictsText = (verdicts: readonly Verdict[], again: Verified["again"], failed: Failed): string =>
  [tableOf(verdicts, failed), ...faultsOf(verdicts).map((fault) => faultText(fault, again, failed))].join("")

/** The verdicts on one loss, law by law, then its counterexamples; ends with an empty line. */
export const verifyText = (verified: Verified): string => {
  const { name, verdicts, observed, runs, seed, again } = verified
  const how = `(${runs === 1 ? "1 run" : `${runs} runs`} each, seed ${seed})`
  if (verdicts.length === 0)
    return `${name}: not claimed, but tried ${how}\n${verdictsText(observed, again, "does not hold")}\n`
  const tried = observed.filter((verdict) => !threw(verdict))
  const held = verdicts.filter(({ passed }) => passed).length
  return [
    `${name}: ${held} of ${verdicts.length} claims hold ${how}\n`,
    verdictsText(verdicts, again, "FAILED"),
    ...(verified.madeOfModule ? [ofModule] : []),
    ...(tried.length === 0 ? [] : [triedText(tried)]),
    "\n",
  ].join("")
}

const ofModule =
  "\nIt is made of a module: only the laws that every loss must obey are checked. Verify the module on its own, too.\n"

/** What a module does not claim: worth knowing, and no failure. */
const triedText = (tried: readonly Verdict[]): string => {
  const names = (passed: boolean) =>
    tried.filter((verdict) => verdict.passed === passed).map(({ claim }) => claim.law.name)
  const [obeyed, others] = [names(true), names(false)]
  const lines = [
    ...(obeyed.length === 0 ? [] : [`no counterexample to ${obeyed.join(", ")}`]),
    ...(others.length === 0 ? [] : [`does not obey ${others.join(", ")}`]),
    ...(others.length === 0 ? [] : [`to see a counterexample, add --law ${others[0]}`]),
  ]
  return `\nNot claimed, but tried:\n${lines.map((line) => `  ${line}\n`).join("")}`
}
