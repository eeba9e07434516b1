import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { type Analysis, analyse } from "../../../src/stages/report/analysis.ts"
import { findingsOf } from "../../../src/stages/report/findings.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import type { Family } from "../../../src/statistics/comparisonFamily.ts"
import { plainColumns } from "../../support/plainReport.ts"
import { randomNumbers } from "../../support/randomNumbers.ts"
import { randomReport } from "../../support/randomReport.ts"
import { expectSame } from "../../support/shown.ts"

/** Every comparison under the names of its two, as seen from the one that comes first in the alphabet. */
const familyByNames = ({ comparisons, smallestP }: Family) => ({
  smallestP,
  comparisons: Object.fromEntries(
    comparisons
      .map(({ first, second, dropped, result }) => {
        const turned = first > second
        const names = turned ? `${second}-${first}` : `${first}-${second}`
        if (result === null || !turned) return [names, { dropped, result }] as const
        const [low, high] = result.confidenceInterval
        const seen = {
          ...result,
          meanDifference: -result.meanDifference,
          medianDifference: -result.medianDifference,
          confidenceInterval: [-high, -low] as const,
          firstBetter: result.secondBetter,
          secondBetter: result.firstBetter,
          rankBiserial: -result.rankBiserial,
        }
        return [names, { dropped, result: seen }] as const
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ),
})

/** What the analysis says, whichever order it names things in. */
const verdicts = ({ metrics, between, withReferences, friedmanP, best, winner, ...rest }: Analysis) => ({
  ...{ friedmanP, best, winner, baseline: rest.baseline, onlyWithBaseline: rest.onlyWithBaseline },
  between: metrics.map((metric) => familyByNames(between[metric]!)),
  noBetterThanMask: metrics.map((metric) => rest.noBetterThanMask[metric]!.toSorted()),
  references: withReferences
    .map(({ reference, families }) => ({
      reference,
      families: metrics.map((metric) => familyByNames(families[metric]!)),
    }))
    .toSorted((a, b) => (a.reference < b.reference ? -1 : 1)),
})

/** The words of every finding, sorted, so that lists of names may be in any order; without the decimals, which
 *  rounding may move by one, but with their signs. */
const wordsOf = (input: ReportInput, analysis: Analysis): string[] =>
  findingsOf(input, analysis)
    .map(
      ({ kind, text }) =>
        `${kind} ${text
          .replaceAll(/\d+\.\d+/g, "#")
          .split(/[\s,;:.()]+/)
          .toSorted()
          .join(" ")}`,
    )
    .toSorted()

const apart = (values: readonly (number | null)[]): boolean =>
  values.every((a, i) => values.every((b, j) => i <= j || a === null || b === null || Math.abs(a - b) > 1e-9))

describe("the verdicts of a report", () => {
  test.prop([fc.integer()], { numRuns: 40 })(
    "are the same in any order of the methods, the runs, the patients and the references",
    (seed) => {
      const input = randomReport(seed)
      // Of equal best means the first method is named.
      const methods = plainColumns(input).filter(({ kind }) => kind === "method")
      for (const metric of input.metrics) fc.pre(apart(methods.map(({ summary }) => summary[metric].mean)))

      const { shuffled } = randomNumbers(seed + 1)
      const turned: ReportInput = {
        ...input,
        cells: shuffled(input.cells).map((cell) => {
          if (cell.outcome.tag !== "done") return cell
          const { scores } = cell.outcome
          const patients = shuffled(scores.patients)
          return { ...cell, outcome: { ...cell.outcome, scores: { ...scores, patients } } }
        }),
        references: shuffled(input.references),
      }
      const [before, after] = [analyse(input), analyse(turned)]
      expectSame(verdicts(after), verdicts(before))
      // The gradient's norm of two methods may be the same, and lists of conventions are in the order of the runs.
      expect(wordsOf(turned, after).filter((words) => !words.includes("gradient"))).toEqual(
        wordsOf(input, before).filter((words) => !words.includes("gradient")),
      )
    },
  )
})
