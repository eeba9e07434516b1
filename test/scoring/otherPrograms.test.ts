import { readFile } from "node:fs/promises"
import { describe, expect, it } from "vitest"
import { type Hd95Convention, hd95Conventions, type MetricName } from "../../src/metrics/scores.ts"
import { checkPairs } from "../../src/scoring/checkPairs.ts"
import { type CaseScore, type ScoringOptions, scorePair } from "../../src/scoring/scorePair.ts"
import { expectClose } from "../support/close.ts"
import { useFolder } from "../support/folder.ts"
import { allMetrics } from "./options.ts"

interface File {
  readonly extension: string
  readonly base64: string
}

type Measure = Exclude<MetricName, "hd95">

interface Case {
  readonly name: string
  readonly prediction: File
  readonly reference: File
  readonly options: {
    readonly labels?: readonly number[]
    readonly pngSpacingMm?: readonly [number, number]
  }
  readonly measures: Readonly<Record<Measure, number>>
  readonly hd95: Readonly<Record<Hd95Convention, number>>
  /** Over the slices where neither mask is empty; null for a single slice. */
  readonly sliceMeans: Readonly<Record<Measure, number>> | null
}

const { toleranceMm, cases } = JSON.parse(
  await readFile(new URL("../fixtures/scoring.json", import.meta.url), "utf8"),
) as { readonly toleranceMm: number; readonly cases: readonly Case[] }

const write = useFolder()

const scored = async (of: Case, options: Partial<ScoringOptions>): Promise<CaseScore> => {
  const file = (side: "prediction" | "reference") =>
    write(`${side}${of[side].extension}`, Buffer.from(of[side].base64, "base64"))
  const { pairs } = await checkPairs(
    [{ case: "a", prediction: file("prediction"), reference: file("reference") }],
    { agreement: "geometry", pngSpacingMm: of.options.pngSpacingMm ?? null },
  )
  return scorePair(pairs[0]!, { ...allMetrics, toleranceMm, labels: of.options.labels ?? null, ...options })
}

/** MONAI computes in float32. */
const close = (found: number | null, expected: number, relative = 1e-6) =>
  expectClose(found!, expected, { relative })

describe("scorePair agrees with medpy, MONAI and surface-distance", () => {
  it.each(cases)("on $name", async (of) => {
    const { values } = await scored(of, {})
    for (const [metric, value] of Object.entries(of.measures)) close(values[metric as Measure], value)
    for (const hd95 of hd95Conventions) {
      const found = (await scored(of, { hd95, metrics: ["hd95"] })).values.hd95
      close(found, of.hd95[hd95], hd95 === "max-directed" ? 1e-5 : 1e-6)
    }
  })

  it.each(cases.filter(({ sliceMeans }) => sliceMeans !== null))("slice by slice on $name", async (of) => {
    const { values, slices } = await scored(of, { per: "slice" })
    expect(slices!.some(({ outcome }) => outcome === "scored")).toBe(true)
    for (const [metric, value] of Object.entries(of.sliceMeans!)) close(values[metric as Measure], value)
  })
})
