import type { EmptyPolicy, Hd95Convention } from "../../metrics/scores.ts"
import { smallerIsBetter } from "../../metrics/smallerIsBetter.ts"
import { friedman } from "../../statistics/friedman.ts"
import { meanMaskName, type ReportInput } from "../reportInput.ts"
import { type Column, methodColumn, referenceColumn } from "./column.ts"
import { betterName, type Family, familyOf, type TestedMetric } from "./family.ts"
import { type Method, methodsOf } from "./methods.ts"

export type ByTestedMetric<A> = Readonly<Record<TestedMetric, A>>

export const byTestedMetric = <A>(of: (metric: TestedMetric) => A): ByTestedMetric<A> => ({
  dice: of("dice"),
  hd95: of("hd95"),
})

/** What is computed once and then told in HTML, CSV, JSON and Markdown. */
export interface Analysis {
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
  /** The method with the best mean, if the corrected test shows it to be better than every other method with values. */
  readonly winner: ByTestedMetric<string | null>
  /** The method with the best mean, if there are others with values that it was not tested against: with a baseline
   *  and three or more methods, whenever it is not the baseline itself. */
  readonly onlyWithBaseline: ByTestedMetric<string | null>
  /** Methods whose mean is no better than that of the mean training mask, which never looks at the image. */
  readonly noBetterThanMask: ByTestedMetric<readonly string[]>
}

const pairsOf = (columns: readonly Column[], baseline: string | null): (readonly [Column, Column])[] => {
  const reference = columns.find(({ name }) => name === baseline)
  return reference === undefined
    ? columns.flatMap((first, i) => columns.slice(i + 1).map((second) => [first, second] as const))
    : columns.flatMap((first) => (first === reference ? [] : [[first, reference] as const]))
}

/** The column with the best mean; the first of equal ones. */
export const bestOf = (metric: TestedMetric, columns: readonly Column[]): Column | undefined => {
  const sign = smallerIsBetter(metric) ? -1 : 1
  return columns
    .filter(({ summary }) => summary[metric].mean !== null)
    .toSorted((a, b) => sign * (b.summary[metric].mean! - a.summary[metric].mean!))[0]
}

/** The method with the best mean, and every other method with values with the comparison of the two, if there is one. */
const contestOf = (metric: TestedMetric, columns: readonly Column[], { comparisons }: Family) => {
  const best = bestOf(metric, columns)
  const others = columns.filter((column) => column !== best && column.summary[metric].mean !== null)
  return {
    best: best?.name ?? null,
    comparisons: others.map(({ name }) =>
      comparisons.find(({ first, second }) =>
        first === name ? second === best?.name : second === name && first === best?.name,
      ),
    ),
  }
}

const winnerOf = (metric: TestedMetric, columns: readonly Column[], family: Family): string | null => {
  const { best, comparisons } = contestOf(metric, columns, family)
  const won = comparisons.every((one) => one !== undefined && betterName(metric, one) === best)
  return comparisons.length > 0 && won ? best : null
}

const onlyWithBaselineOf = (metric: TestedMetric, columns: readonly Column[], family: Family) => {
  const { best, comparisons } = contestOf(metric, columns, family)
  return comparisons.includes(undefined) ? best : null
}

const noBetterThan = (
  metric: TestedMetric,
  reference: Column | undefined,
  columns: readonly Column[],
): string[] => {
  const bound = reference?.summary[metric].mean ?? null
  if (bound === null) return []
  const sign = smallerIsBetter(metric) ? -1 : 1
  return columns.flatMap(({ name, summary }) => {
    const { mean } = summary[metric]
    return mean !== null && sign * (mean - bound) <= 0 ? [name] : []
  })
}

const friedmanOf = (metric: TestedMetric, columns: readonly Column[]): number | null => {
  if (columns.length < 3) return null
  const rows = columns[0]!.values[metric]
    .map((_, patient) => columns.map((column) => column.values[metric][patient] ?? null))
    .flatMap((row) => (row.every((value) => value !== null) ? [row] : []))
  return friedman(rows)?.p ?? null
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
  const between = byTestedMetric((metric) => familyOf(metric, pairsOf(finished, baseline)))
  return {
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
      families: byTestedMetric((metric) =>
        familyOf(
          metric,
          finished.map((column) => [column, reference] as const),
        ),
      ),
    })),
    friedmanP: byTestedMetric((metric) => friedmanOf(metric, finished)),
    winner: byTestedMetric((metric) => winnerOf(metric, finished, between[metric])),
    onlyWithBaseline: byTestedMetric((metric) => onlyWithBaselineOf(metric, finished, between[metric])),
    noBetterThanMask: byTestedMetric((metric) => noBetterThan(metric, mask, finished)),
  }
}
