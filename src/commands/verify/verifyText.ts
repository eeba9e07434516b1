import type { Verdict } from "../../laws/checkClaim.ts"
import { textTable, words } from "../../terminal/textTable.ts"
import { type Fault, faultsOf, threw } from "./faults.ts"
import { shownGiven } from "./shownGiven.ts"
import type { Verified } from "./verified.ts"

const resultOf = ({ claim, passed }: Verdict): string => {
  if (!passed) return "FAILED"
  return claim.holds ? "holds" : "does not hold, as said"
}

const saysOf = ({ claim: { law, because } }: Verdict): string =>
  because === undefined ? law.says : `${law.says} Not here: ${because}.`

const tableOf = (verdicts: readonly Verdict[]): string =>
  textTable(
    [words("law"), words("for"), words("result"), words("it says")],
    verdicts.map((verdict) => [
      verdict.claim.law.name,
      verdict.claim.when?.says ?? "",
      resultOf(verdict),
      saysOf(verdict),
    ]),
  )

const faultText = ({ laws, verdicts: [verdict] }: Fault, again: Verified["again"]): string => {
  const { counterexample, runs } = verdict
  const head = `\n${laws} FAILED: `
  if (counterexample === undefined) return `${head}said not to hold, it held in ${runs} runs\n`
  const lines = [...shownGiven(counterexample.given), `again:   ${again(verdict)}`]
  return `${head}${counterexample.found}\n${lines.map((line) => `  ${line}\n`).join("")}`
}

/** The verdicts on one loss, law by law, then its counterexamples; ends with an empty line. */
export const verifyText = ({ name, verdicts, observed, runs, seed, again }: Verified): string => {
  const tried = observed.filter((verdict) => !threw(verdict))
  const held = verdicts.filter(({ passed }) => passed).length
  const count = `${held} of ${verdicts.length} claims hold`
  return [
    `${name}: ${count} (${runs === 1 ? "1 run" : `${runs} runs`} each, seed ${seed})\n`,
    tableOf(verdicts),
    ...faultsOf(verdicts).map((fault) => faultText(fault, again)),
    ...(tried.length === 0 ? [] : [triedText(tried)]),
    "\n",
  ].join("")
}

/** What a module does not claim: worth knowing, and no failure. */
const triedText = (tried: readonly Verdict[]): string => {
  const names = (passed: boolean) =>
    tried.filter((verdict) => verdict.passed === passed).map(({ claim }) => claim.law.name)
  const line = (words: string, laws: readonly string[]) =>
    laws.length === 0 ? "" : `${words} ${laws.join(", ")}\n`
  return `\nNot claimed, but tried:\n${line("  no counterexample to", names(true))}${line("  does not obey", names(false))}`
}
