import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { curveOf, gradientNormOf } from "./curve.ts"
import type { Finding } from "./finding.ts"
import { stateOf } from "./methods.ts"

/** The numbers of the report for programs: full precision, undefined is null. */
export const statisticsJson = (
  input: ReportInput,
  analysis: Analysis,
  findings: readonly Finding[],
): string => {
  const { methods, columns, references, ...rest } = analysis
  const content = {
    format: "losslab-statistics-1",
    experiment: input.experiment,
    title: input.title,
    remark: input.remark,
    command: input.command,
    environment: input.environment,
    dataset: input.dataset,
    cells: input.cells.map((cell) => {
      const { label, key, method, factors, blocks, folder, command, loss, outcome } = cell
      const own = { label, key, method, factors, blocks, folder, command, loss, state: stateOf(cell) }
      if (outcome.tag === "failed") return { ...own, message: outcome.message }
      if (outcome.tag !== "done") return own
      const { history, scores, seconds, peakRssBytes } = outcome
      return {
        ...own,
        seconds,
        peakRssBytes,
        history,
        scores: {
          empty: scores.empty,
          hd95: scores.hd95,
          toleranceMm: scores.toleranceMm,
          patients: scores.patients,
          summary: scores.summary,
          missed: scores.missed,
          falseAlarms: scores.falseAlarms,
        },
      }
    }),
    methods: columns.map((column, i) => ({
      ...column,
      cells: methods[i]!.cells.map(({ label }) => label),
      loss: curveOf(methods[i]!, ({ loss }) => loss),
      validationDice: curveOf(methods[i]!, ({ validationDice }) => validationDice),
      gradientNormAtStart: gradientNormOf(methods[i]!),
    })),
    references,
    ...rest,
    findings,
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
