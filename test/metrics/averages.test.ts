import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect } from "vitest"
import { averageCases } from "../../src/metrics/averageCases.ts"
import type { CountedSlice, ScoredCase } from "../../src/metrics/scoreCase.ts"
import { byMetric, metricNames, type Outcome } from "../../src/metrics/scores.ts"
import { defaultScoring } from "../support/scoring.ts"

/** A value of a metric in quarters, or none. */
const value = fc.option(fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4))

const slice = fc.record({
  outcome: fc.constantFrom<Outcome>("scored", "bothEmpty", "missed", "falseAlarm"),
  counted: fc.boolean(),
  values: fc
    .tuple(...metricNames.map(() => value))
    .map((values) => byMetric((m) => values[metricNames.indexOf(m)]!)),
})

/** Up to six cases of up to three patients. */
const cases: fc.Arbitrary<readonly ScoredCase[]> = fc
  .array(fc.tuple(fc.constantFrom("p", "q", "r"), fc.array(slice, { maxLength: 4 })), { maxLength: 6 })
  .map((all) =>
    all.map(([patient, slices], i) => ({
      patient,
      slices: slices.map((one, n): CountedSlice => ({ ...one, patient, case: `${patient}${i}`, slice: n })),
    })),
  )

const mean = (values: readonly number[]): number | null => {
  let sum = 0
  for (const one of values) sum += one
  return values.length === 0 ? null : sum / values.length
}

const close = (found: number | null, wanted: number | null) => {
  if (wanted === null) expect(found).toBeNull()
  else expect(found).toBeCloseTo(wanted, 12)
}

describe("averages over cases", () => {
  test.prop([cases])("are what plain loops over patients and their slices find", (all) => {
    const scores = averageCases(all, defaultScoring)
    const names = [...new Set(all.map(({ patient }) => patient))]
    expect(scores.patients.map(({ patient }) => patient)).toEqual(names)
    expect(scores.slices).toHaveLength(all.flatMap(({ slices }) => slices).length)
    for (const one of scores.slices) expect(one).not.toHaveProperty("counted")
    const totals = { missed: 0, falseAlarms: 0 }
    const means: Record<string, (number | null)[]> = {}
    for (const [i, name] of names.entries()) {
      const own = all.filter(({ patient }) => patient === name).flatMap(({ slices }) => slices)
      const found = scores.patients[i]!
      expect(found).toMatchObject({
        slices: own.length,
        scored: own.filter(({ counted }) => counted).length,
        missed: own.filter(({ outcome }) => outcome === "missed").length,
        falseAlarms: own.filter(({ outcome }) => outcome === "falseAlarm").length,
      })
      totals.missed += found.missed
      totals.falseAlarms += found.falseAlarms
      for (const metric of metricNames) {
        const wanted = mean(own.flatMap(({ values }) => values[metric] ?? []))
        close(found.values[metric], wanted)
        means[metric] = [...(means[metric] ?? []), wanted]
      }
    }
    expect(scores).toMatchObject(totals)
    for (const metric of metricNames) {
      const defined = (means[metric] ?? []).filter((one) => one !== null)
      const { n, mean: found, sd, median } = scores.summary[metric]
      expect(n).toBe(defined.length)
      close(found, mean(defined))
      const squares = defined.map((one) => (one - mean(defined)!) ** 2)
      close(sd, n < 2 ? null : Math.sqrt((mean(squares)! * n) / (n - 1)))
      const sorted = [...defined].sort((a, b) => a - b)
      close(median, n === 0 ? null : (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.ceil((n - 1) / 2)]!) / 2)
    }
  })

  test.prop([cases, fc.nat()])("do not depend on the order of the cases", (all, turn) => {
    const at = all.length === 0 ? 0 : turn % all.length
    const turned = [...all.slice(at), ...all.slice(0, at)].reverse()
    const [one, other] = [averageCases(all, defaultScoring), averageCases(turned, defaultScoring)]
    for (const metric of metricNames) {
      expect(other.summary[metric].n).toBe(one.summary[metric].n)
      for (const part of ["mean", "sd", "median"] as const)
        close(other.summary[metric][part], one.summary[metric][part])
    }
    expect([other.missed, other.falseAlarms]).toEqual([one.missed, one.falseAlarms])
  })
})
