import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { MetricName } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { findingsOf } from "../../../src/stages/report/findings.ts"
import { statisticsJson } from "../../../src/stages/report/statisticsJson.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { friedman } from "../../../src/statistics/friedman.ts"
import {
  type PlainColumn,
  plainBetter,
  plainColumns,
  plainFamily,
  plainMethods,
  plainPairs,
  plainPatients,
} from "../../support/plainReport.ts"
import { plainMean } from "../../support/plainStatistics.ts"
import { distances, randomReport, runsOf } from "../../support/randomReport.ts"
import { cell, done, reportInput } from "../../support/reportInput.ts"
import { expectSame } from "../../support/shown.ts"

const textOf = (input: ReportInput): string => {
  const analysis = analyse(input)
  return statisticsJson(input, analysis, findingsOf(input, analysis))
}

const jsonOf = (input: ReportInput) => JSON.parse(textOf(input)) as Record<string, unknown>

const unique = <A>(items: readonly A[]): A[] => items.filter((item, i) => items.indexOf(item) === i)

/** Mean over the runs that have a value, epoch by epoch. */
const curve = (input: ReportInput, method: string, name: "loss" | "validationDice") => {
  const epochs = runsOf(input, method).flatMap(({ outcome }) => outcome.history.epochs)
  const last = Math.max(0, ...epochs.map(({ epoch }) => epoch))
  return Array.from({ length: last }, (_, i) => ({
    epoch: i + 1,
    mean: plainMean(epochs.flatMap((one) => (one.epoch === i + 1 ? (one[name] ?? []) : []))),
  }))
}

/** The columns that could win: of methods with a value. */
const contenders = (columns: readonly PlainColumn[], metric: MetricName) =>
  columns.filter(({ kind, summary }) => kind === "method" && summary[metric].mean !== null)

const bestOf = (columns: readonly PlainColumn[], metric: MetricName): string | null => {
  const sign = distances.includes(metric) ? -1 : 1
  let best: PlainColumn | null = null
  for (const column of contenders(columns, metric))
    if (best === null || sign * column.summary[metric].mean! > sign * best.summary[metric].mean!)
      best = column
  return best?.name ?? null
}

describe("statistics.json", () => {
  test.prop([fc.integer()], { numRuns: 40 })("holds what loops over the input work out", (seed) => {
    const input = randomReport(seed)
    const forEach = <A>(of: (metric: MetricName) => A) =>
      Object.fromEntries(input.metrics.map((metric) => [metric, of(metric)]))
    const columns = plainColumns(input)
    const names = plainMethods(input)
    const finished = columns.filter(({ kind, runs }) => kind === "method" && runs > 0)
    const references = columns.filter(({ kind }) => kind === "reference")
    const baseline = finished.some(({ name }) => name === input.baseline) ? input.baseline : null
    const between = forEach((metric) => plainFamily(metric, plainPairs(columns, baseline)))
    const best = forEach((metric) => bestOf(columns, metric))
    const pairOf = (metric: MetricName, name: string) =>
      between[metric]!.comparisons.find(
        ({ first, second }) => [first, second].includes(name) && [first, second].includes(best[metric]!),
      )
    const others = (metric: MetricName) =>
      contenders(columns, metric).filter(({ name }) => name !== best[metric])
    const scored = [
      ...names.flatMap((name) => runsOf(input, name).map(({ outcome }) => outcome.scores)),
      ...input.references.map(({ scores }) => scores),
    ]
    const mask = references.find(({ name }) => name === "mean training mask")

    const { findings, ...json } = jsonOf(input)
    expect((findings as readonly object[]).length).toBeGreaterThan(0)
    expectSame(json, {
      format: "losslab-statistics-1",
      experiment: input.experiment,
      title: input.title,
      remark: input.remark,
      command: input.command,
      environment: input.environment,
      dataset: input.dataset,
      cells: input.cells.map(({ label, key, method, factors, blocks, folder, command, loss, outcome }) => {
        const own = { label, key, method, factors, blocks, folder, command, loss }
        if (outcome.tag === "notRun") return { ...own, state: "not run" }
        if (outcome.tag === "interrupted") return { ...own, state: "interrupted" }
        if (outcome.tag === "failed") return { ...own, state: "failed (numerics)", message: outcome.message }
        const { slices: _, ...scores } = outcome.scores
        return {
          ...{ ...own, state: "done", seconds: outcome.seconds, peakRssBytes: outcome.peakRssBytes },
          history: outcome.history,
          scores,
        }
      }),
      methods: columns
        .filter(({ kind }) => kind === "method")
        .map((column) => ({
          ...column,
          cells: input.cells.filter(({ method }) => method === column.name).map(({ label }) => label),
          loss: curve(input, column.name, "loss"),
          validationDice: curve(input, column.name, "validationDice"),
          gradientNormAtStart: plainMean(
            runsOf(input, column.name).map(({ outcome }) => outcome.history.gradientNormAtStart),
          ),
        })),
      references,
      metrics: input.metrics,
      policies: unique(scored.map(({ empty }) => empty)),
      conventions: unique(scored.map(({ hd95 }) => hd95)),
      tolerancesMm: unique(scored.map(({ toleranceMm }) => toleranceMm)),
      patients: plainPatients(input),
      baseline,
      between,
      withReferences: references.map((reference) => ({
        reference: reference.name,
        families: forEach((metric) =>
          plainFamily(
            metric,
            finished.map((method) => [method, reference]),
          ),
        ),
      })),
      friedmanP: forEach((metric) => {
        const rows = plainPatients(input).flatMap((_, i) => {
          const row = finished.flatMap(({ values }) => values[metric][i] ?? [])
          return row.length === finished.length ? [row] : []
        })
        return finished.length < 3 || rows.length === 0 ? null : friedman(rows)!.p
      }),
      best,
      winner: forEach((metric) => {
        const beaten = (name: string) => {
          const pair = pairOf(metric, name)
          return pair !== undefined && plainBetter(pair) === best[metric]
        }
        const all = others(metric)
        return all.length > 0 && all.every(({ name }) => beaten(name)) ? best[metric] : null
      }),
      onlyWithBaseline: forEach((metric) =>
        others(metric).some(({ name }) => pairOf(metric, name) === undefined) ? best[metric] : null,
      ),
      noBetterThanMask: forEach((metric) => {
        const bound = mask?.summary[metric].mean ?? null
        if (bound === null) return []
        return contenders(columns, metric)
          .filter(
            ({
              summary: {
                [metric]: { mean },
              },
            }) => (distances.includes(metric) ? mean! >= bound - 1e-9 : mean! <= bound + 1e-9),
          )
          .map(({ name }) => name)
      }),
    })
  })

  it("is indented JSON that ends with a line feed, and holds the findings as they are told", () => {
    const text = textOf(reportInput({ panels: [] }))
    expect(text.startsWith('{\n  "format": "losslab-statistics-1",\n')).toBe(true)
    expect(text.endsWith("\n}\n")).toBe(true)
    const cells = [cell("a", null, done("a", 0.9)), cell("b", null, { tag: "interrupted" })]
    const { findings } = jsonOf(reportInput({ cells, references: [], panels: [] }))
    expect(findings).toContainEqual({
      kind: "open",
      text: "1 of 2 cells did not finish and count in no mean: “b” interrupted.",
    })
  })
})
