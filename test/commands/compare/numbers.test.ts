import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { comparedJson } from "../../../src/commands/compare/comparedJson.ts"
import { comparedMethods } from "../../../src/commands/compare/comparedMethods.ts"
import type { ScoreTable } from "../../../src/commands/compare/scoreTable.ts"
import { friedman } from "../../../src/statistics/friedman.ts"
import { plainHolm, plainPair, plainSummary } from "../../support/plainStatistics.ts"
import { expectSame } from "../../support/shown.ts"

type Column = readonly (number | null)[]

/** Scores of two to four methods by one or two metrics, with ties and gaps. */
const randomTable = fc
  .record({
    metrics: fc.constantFrom([null], ["dice"], ["hd95"], ["dice", "hd95"], ["assd", "nsd"] as const),
    methods: fc.integer({ min: 2, max: 4 }),
    cases: fc.integer({ min: 2, max: 10 }),
  })
  .chain(({ metrics, methods, cases }) => {
    const score = fc.option(fc.integer({ min: 0, max: 12 }), { freq: 6 })
    const column = fc
      .tuple(fc.integer({ min: 0, max: 9 }), fc.array(score, { minLength: cases, maxLength: cases }))
      .map(
        ([level, values]): Column =>
          values.map((value) => (value === null ? null : (level * 4 + value) / 100)),
      )
    return fc
      .array(fc.array(column, { minLength: methods, maxLength: methods }), {
        minLength: metrics.length,
        maxLength: metrics.length,
      })
      .map(
        (groups): ScoreTable => ({
          cases,
          metrics: groups.map((columns, i) => ({
            metric: metrics[i] as ScoreTable["metrics"][number]["metric"],
            columns: columns.map((values, m) => ({ name: `m${m}`, values })),
          })),
        }),
      )
  })

const pairNames = (count: number, baseline: number | null): [number, number][] => {
  const pairs: [number, number][] = []
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++)
      if (baseline === null ? i < j : j === baseline && i !== j) pairs.push([i, j])
  return pairs
}

describe("the numbers of compare --json", () => {
  test.prop([randomTable, fc.option(fc.constantFrom(0, 1))], { numRuns: 60 })(
    "are what loops over the columns work out, corrected for all comparisons of all metrics",
    (table, baseline) => {
      const all = table.metrics.flatMap(({ metric, columns }) =>
        pairNames(columns.length, baseline).map(([i, j]) => {
          const smaller = metric === "hd95" || metric === "assd"
          return { metric, i, j, ...plainPair(columns[i]!.values, columns[j]!.values, smaller) }
        }),
      )
      const made = all.filter(({ result }) => result !== null)
      const corrected = plainHolm(made.map(({ result }) => result!.wilcoxonP))
      const metrics = table.metrics.map(({ metric, columns }) => {
        const rows = columns[0]!.values.flatMap((_, i) => {
          const row = columns.flatMap(({ values }) => values[i] ?? [])
          return row.length === columns.length ? [row] : []
        })
        return {
          metric,
          methods: columns.map(({ name }) => name),
          n: table.cases,
          pairs: all
            .filter((one) => one.metric === metric)
            .map((one) => {
              const { i, j, dropped, result } = one
              const names = { first: `m${i}`, second: `m${j}`, n: table.cases - dropped, dropped }
              const holmP = corrected[made.indexOf(one)] ?? null
              return {
                ...names,
                meanDifference: result?.meanDifference ?? null,
                medianDifference: result?.medianDifference ?? null,
                confidenceInterval: result?.confidenceInterval ?? null,
                firstBetter: result?.firstBetter ?? null,
                secondBetter: result?.secondBetter ?? null,
                ties: result?.ties ?? null,
                wilcoxonP: result?.wilcoxonP ?? null,
                pairedTP: result?.pairedTP ?? null,
                holmP,
                rankBiserial: result?.rankBiserial ?? null,
              }
            }),
          friedmanP: columns.length < 3 || rows.length === 0 ? null : friedman(rows)!.p,
          summary: Object.fromEntries(columns.map(({ name, values }) => [name, plainSummary(values)])),
        }
      })
      const compared = comparedMethods(table, baseline === null ? null : `m${baseline}`)
      expectSame(comparedJson(compared), metrics.length === 1 ? metrics[0] : { metrics })
      const most = Math.max(0, ...made.map(({ result }) => result!.n))
      expectSame(
        {
          cases: compared.cases,
          tested: compared.tested,
          mostCases: compared.mostCases,
          smallestP: compared.smallestP,
        },
        {
          cases: table.cases,
          tested: made.length,
          mostCases: most,
          smallestP: made.length === 0 ? null : Math.min(1, made.length * 2 * 0.5 ** most),
        },
      )
      for (const [m, { metric, columns }] of table.metrics.entries()) {
        const { largest, smallerIsBetter } = compared.metrics[m]!
        expect(smallerIsBetter).toBe(metric === "hd95" || metric === "assd")
        expect(largest).toBe(
          Math.max(0, ...columns.flatMap(({ values }) => values.map((value) => value ?? 0))),
        )
      }
    },
  )
})
