import { type MetricName, metricNames } from "../../src/metrics/scores.ts"
import type { ReportInput } from "../../src/stages/reportInput.ts"
import { plainHolm, plainMean, plainPair, plainSummary } from "./plainStatistics.ts"
import { distances, runsOf } from "./randomReport.ts"

/** One row of the report's tables of scores, worked out from the input with loops. */
export interface PlainColumn {
  readonly name: string
  readonly kind: "method" | "reference"
  readonly runs: number
  readonly values: Record<MetricName, (number | null)[]>
  readonly summary: Record<MetricName, ReturnType<typeof plainSummary>>
  readonly found: number | null
  readonly missed: number | null
  readonly falseAlarms: number | null
  readonly undefinedValues: Record<MetricName, number>
}

/** Methods in the order of their first cells. */
export const plainMethods = (input: ReportInput): string[] => {
  const names: string[] = []
  for (const { method } of input.cells) if (!names.includes(method)) names.push(method)
  return names
}

/** Patients in the order in which the methods' runs, then the references, name them. */
export const plainPatients = (input: ReportInput): string[] => {
  const patients: string[] = []
  const add = (names: readonly { readonly patient: string }[]) => {
    for (const { patient } of names) if (!patients.includes(patient)) patients.push(patient)
  }
  for (const method of plainMethods(input))
    for (const { outcome } of runsOf(input, method)) add(outcome.scores.patients)
  for (const { scores } of input.references) add(scores.patients)
  return patients
}

/** The methods' columns, then the references'. */
export const plainColumns = (input: ReportInput): PlainColumn[] => {
  const patients = plainPatients(input)
  const columnOf = (
    name: string,
    kind: PlainColumn["kind"],
    all: readonly ReportInput["references"][number]["scores"][],
  ): PlainColumn => {
    const column: PlainColumn = {
      name,
      kind,
      runs: all.length,
      values: {} as PlainColumn["values"],
      summary: {} as PlainColumn["summary"],
      found: plainMean(
        all.map((scores) => scores.slices.reduce((sum, one) => sum + (one.outcome === "scored" ? 1 : 0), 0)),
      ),
      missed: plainMean(all.map((scores) => scores.patients.reduce((sum, one) => sum + one.missed, 0))),
      falseAlarms: plainMean(
        all.map((scores) => scores.patients.reduce((sum, one) => sum + one.falseAlarms, 0)),
      ),
      undefinedValues: {} as PlainColumn["undefinedValues"],
    }
    for (const metric of metricNames) {
      let without = 0
      column.values[metric] = patients.map((patient) => {
        const defined: number[] = []
        for (const scores of all) {
          const value = scores.patients.find((one) => one.patient === patient)?.values[metric] ?? null
          if (value === null) without++
          else defined.push(value)
        }
        return plainMean(defined)
      })
      column.summary[metric] = plainSummary(column.values[metric])
      column.undefinedValues[metric] = without
    }
    return column
  }
  return [
    ...plainMethods(input).map((method) =>
      columnOf(
        method,
        "method",
        runsOf(input, method).map(({ outcome }) => outcome.scores),
      ),
    ),
    ...input.references.map(({ name, scores }) => columnOf(name, "reference", [scores])),
  ]
}

type Pair = readonly [first: PlainColumn, second: PlainColumn]

/** These pairs of columns by one metric, corrected together. */
export const plainFamily = (metric: MetricName, pairs: readonly Pair[]) => {
  const smallerIsBetter = distances.includes(metric)
  const tested = pairs.map(([first, second]) => ({
    first: first.name,
    second: second.name,
    smallerIsBetter,
    ...plainPair(first.values[metric], second.values[metric], smallerIsBetter),
  }))
  const made = tested.filter(({ result }) => result !== null)
  const corrected = plainHolm(made.map(({ result }) => result!.wilcoxonP))
  const comparisons = tested.map((one) => ({
    ...one,
    result: one.result === null ? null : { ...one.result, holmP: corrected[made.indexOf(one)]! },
  }))
  const cases = Math.max(...made.map(({ result }) => result!.n))
  return {
    comparisons,
    smallestP: made.length === 0 ? null : Math.min(1, made.length * 2 * 0.5 ** cases),
  }
}

/** The pairs of methods with a run: each with the baseline where that has one, otherwise every two of them. */
export const plainPairs = (columns: readonly PlainColumn[], baseline: string | null): Pair[] => {
  const finished = columns.filter(({ kind, runs }) => kind === "method" && runs > 0)
  const pairs: Pair[] = []
  for (const [i, first] of finished.entries())
    for (const [j, second] of finished.entries()) {
      const wanted = baseline === null ? i < j : second.name === baseline && first.name !== baseline
      if (wanted) pairs.push([first, second])
    }
  return pairs
}

/** Which of the two the corrected test shows to be better: its name, or null. */
export const plainBetter = ({
  first,
  second,
  smallerIsBetter,
  result,
}: ReturnType<typeof plainFamily>["comparisons"][number]): string | null => {
  if (result === null || result.holmP >= 0.05) return null
  const larger = result.meanDifference > 0 && result.rankBiserial > 0
  const smaller = result.meanDifference < 0 && result.rankBiserial < 0
  if (!larger && !smaller) return null
  return larger === !smallerIsBetter ? first : second
}
