import type { Verdict } from "../../laws/checkClaim.ts"
import { textTable, words } from "../../terminal/textTable.ts"
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

const counterexampleText = (verdict: Verdict, again: (verdict: Verdict) => string): string => {
  const { claim, counterexample, runs } = verdict
  const head = `\n${claim.law.name}${claim.when === undefined ? "" : ` ${claim.when.says}`} FAILED: `
  if (counterexample === undefined) return `${head}said not to hold, it held in ${runs} runs\n`
  const lines = [...shownGiven(counterexample.given), `again:   ${again(verdict)}`]
  return `${head}${counterexample.found}\n${lines.map((line) => `  ${line}\n`).join("")}`
}

/** The verdicts on one loss, law by law, then its counterexamples; ends with an empty line. */
export const verifyText = ({ name, verdicts, observed, runs, seed, again }: Verified): string => {
  const failed = verdicts.filter(({ passed }) => !passed)
  const count = `${verdicts.length - failed.length} of ${verdicts.length} claims hold`
  return [
    `${name}: ${count} (${runs === 1 ? "1 run" : `${runs} runs`} each, seed ${seed})\n`,
    tableOf(verdicts),
    ...failed.map((verdict) => counterexampleText(verdict, again)),
    ...(observed.length === 0 ? [] : [observedText(observed)]),
    "\n",
  ].join("")
}

/** What a module does not claim: worth knowing, and no failure. */
const observedText = (observed: readonly Verdict[]): string => {
  const names = (passed: boolean) =>
    observed.filter((verdict) => verdict.passed === passed).map(({ claim }) => claim.law.name)
  const line = (words: string, laws: readonly string[]) =>
    laws.length === 0 ? "" : `${words} ${laws.join(", ")}\n`
  return `\nNot claimed, but tried:\n${line("  no counterexample to", names(true))}${line("  does not obey", names(false))}`
}
