import type { PatientScore } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { findingsOf } from "../../../src/stages/report/findings.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { cell, done, reportInput, scoresOf } from "../../support/reportInput.ts"

export const told = (changes: Partial<ReportInput>) => {
  const input = reportInput({ panels: [], references: [], ...changes })
  const findings = findingsOf(input, analyse(input))
  const of = (kind: "shown" | "open") =>
    findings
      .filter((finding) => finding.kind === kind)
      .map(({ text }) => text)
      .join("\n")
  return { shown: of("shown"), open: of("open") }
}

export const methods = (dice: readonly number[], patients = 20) =>
  dice.map((value, i) => cell(`m${i}`, null, done(`m${i}`, value, { patients })))

export const scoredFrom = (name: string, changes: Partial<PatientScore>, seed: string | null = null) => {
  const outcome = done(name, 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  const patients = outcome.scores.patients.map((one) => ({ ...one, ...changes }))
  const slices = changes.scored === 0 ? [] : outcome.scores.slices
  return cell(name, seed, { ...outcome, scores: scoresOf(patients, slices) })
}
