import type { EmptyPolicy, Hd95Convention, MetricName } from "../../metrics/scores.ts"
import { smallerIsBetter } from "../../metrics/smallerIsBetter.ts"
import { comparisonFamily, type Family, pairsOf } from "../../statistics/comparisonFamily.ts"
import { contestOf } from "../../statistics/contest.ts"
import { friedmanP } from "../../statistics/friedmanP.ts"
import type { NamedColumn } from "../../statistics/namedColumn.ts"
import { pairedDifferences } from "../../statistics/pairedDifferences.ts"
import { meanMaskName, type ReportInput } from "../reportInput.ts"
import { type Column, methodColumn, referenceColumn } from "./column.ts"
import { type Method, methodsOf } from "./methods.ts"

/** One value for each metric of the report (ReportInput.metrics), and for no other. */
export type ByTestedMetric<A> = Readonly<Partial<Record<MetricName, A>>>

/** What is computed once and then told in HTML, CSV, JSON and Markdown. */
export interface Analysis {
  readonly metrics: ReportInput["metrics"]
  readonly methods: readonly Method[]
  /** Policies for empty masks that the scores were made by; more than one do not compare. */
  readonly policies: readonly EmptyPolicy[]
  /** Conventions of HD95 and tolerances of NSD that they were made by; likewise. */
  readonly conventions: readonly Hd95Convention[]
  readonly tolerancesMm: readonly number[]
  /** Every patient that any run or reference was scored on. */
  readonly patients: readonly string[]
  /** One per method, in the same order. */
  readonly columns: readonly Column[]
  readonly references: readonly Column[]
  /** The baseline, when one is given and a run of it finished. */
  readonly baseline: string | null
  /** Methods with each other: every pair, or each with the baseline. */
  readonly between: ByTestedMetric<Family>
  /** Every method with one reference, each reference a family of its own; in the order of the references. */
  readonly withReferences: readonly {
    readonly reference: string
    readonly families: ByTestedMetric<Family>
  }[]
  /** Friedman's p over patients with a value of every finished method; null below three methods. */
  readonly friedmanP: ByTestedMetric<number | null>
  /** The method with the best mean; null when none has a value. */
  readonly best: ByTestedMetric<string | null>
  /** It again, if the corrected test shows it to be better than every other method with values. */
  readonly winner: ByTestedMetric<string | null>
  /** It again, if there are others with values that it was not tested against: with a baseline
   *  and three or more methods, whenever it is not the baseline itself. */
  readonly onlyWithBaseline: ByTestedMetric<string | null>
  /** Methods whose mean is no better than that of the mean training mask, which never looks at the image. */
  readonly noBetterThanMask: ByTestedMetric<readonly string[]>
}

/** The values of one metric, as the statistics take them. */
const valuesOf = (metric: MetricName, { name, values }: Column): NamedColumn => ({
  name,
  values: values[metric],
})

const noBetterThan = (
  metric: MetricName,
  reference: Column | undefined,
  columns: readonly Column[],
): string[] => {
  const bound = reference?.summary[metric].mean ?? null
  if (bound === null) return []
  const sign = smallerIsBetter(metric) ? -1 : 1
  return columns.flatMap(({ name, summary }) => {
    const { mean } = summary[metric]
    const [lead] = mean === null ? [] : pairedDifferences([mean], [bound])
    return lead !== undefined && sign * lead <= 0 ? [name] : []
  })
}

/** Averages each method's runs, pairs methods and references by patient, and tests. */
export const analyse = (input: ReportInput): Analysis => {
  const methods = methodsOf(input.cells)
  const scored = [
    ...methods.flatMap(({ runs }) => runs.map(({ outcome }) => outcome.scores)),
    ...input.references.map(({ scores }) => scores),
  ]
  const patients = [...new Set(scored.flatMap((scores) => scores.patients.map(({ patient }) => patient)))]
  const columns = methods.map((method) => methodColumn(method, patients))
  const finished = columns.filter(({ runs }) => runs > 0)
  const references = input.references.map((row) => referenceColumn(row, patients))
  const mask = references.find(({ name }) => name === meanMaskName)
  const baseline = finished.some(({ name }) => name === input.baseline) ? input.baseline : null
  const byTestedMetric = <A>(of: (metric: MetricName) => A): ByTestedMetric<A> =>
    Object.fromEntries(input.metrics.map((metric) => [metric, of(metric)]))
  const values = byTestedMetric((metric) => finished.map((column) => valuesOf(metric, column)))
  const between = byTestedMetric((metric) =>
    comparisonFamily(pairsOf(values[metric]!, baseline, smallerIsBetter(metric))),
  )
  const contest = byTestedMetric((metric) =>
    contestOf(values[metric]!, between[metric]!.comparisons, smallerIsBetter(metric)),
  )
  return {
    metrics: input.metrics,
    methods,
    policies: [...new Set(scored.map(({ empty }) => empty))],
    conventions: [...new Set(scored.map(({ hd95 }) => hd95))],
    tolerancesMm: [...new Set(scored.map(({ toleranceMm }) => toleranceMm))],
    patients,
    columns,
    references,
    baseline,
    between,
    withReferences: references.map((reference) => ({
      reference: reference.name,
      families: byTestedMetric((metric) => {
        const second = valuesOf(metric, reference)
        return comparisonFamily(
          values[metric]!.map((first) => ({ first, second, smallerIsBetter: smallerIsBetter(metric) })),
        )
      }),
    })),
    friedmanP: byTestedMetric((metric) => friedmanP(values[metric]!)),
    best: byTestedMetric((metric) => contest[metric]!.best),
    winner: byTestedMetric((metric) => contest[metric]!.winner),
    onlyWithBaseline: byTestedMetric((metric) => contest[metric]!.notAllCompared),
    noBetterThanMask: byTestedMetric((metric) => noBetterThan(metric, mask, finished)),
  }
}
