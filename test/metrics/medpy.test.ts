import { describe, expect, it } from "vitest"
import { assd } from "../../src/metrics/assd.ts"
import { dice } from "../../src/metrics/dice.ts"
import { hd } from "../../src/metrics/hd.ts"
import { hd95Pooled } from "../../src/metrics/hd95.ts"
import { iou } from "../../src/metrics/iou.ts"
import { precision } from "../../src/metrics/precision.ts"
import { recall } from "../../src/metrics/recall.ts"
import fixture from "../fixtures/metrics.json" with { type: "json" }
import { unpack } from "../support/masks.ts"

// The numbers come from test/fixtures/make/metrics.py.
describe(`metrics against medpy ${fixture.versions.medpy}`, () => {
  it.each(fixture.cases.map((expected, i) => ({ i, expected })))(
    "agree on random masks $i",
    ({ expected }) => {
      const prediction = unpack(expected.rows, expected.columns, expected.prediction)
      const reference = unpack(expected.rows, expected.columns, expected.reference)
      const spacingMm = [expected.spacingMm[0]!, expected.spacingMm[1]!] as const

      for (const [name, overlap] of Object.entries({ dice, iou, precision, recall }))
        expect(overlap(prediction, reference), name).toBeCloseTo(expected[name as "dice"], 14)
      for (const [name, distance] of Object.entries({ hd, assd, hd95: hd95Pooled }))
        expect(distance(prediction, reference, spacingMm), name).toBeCloseTo(expected[name as "hd"], 12)
    },
  )
})
