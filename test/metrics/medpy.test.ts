import { describe, expect, it } from "vitest"
import fixture from "../fixtures/metrics.json" with { type: "json" }
import { unpack } from "../support/masks.ts"
import { measure } from "../support/measure.ts"

// The numbers come from test/fixtures/make/metrics.py.
describe(`metrics against medpy ${fixture.versions.medpy}`, () => {
  it.each(fixture.cases.map((expected, i) => ({ i, expected })))(
    "agree on random masks $i",
    ({ expected }) => {
      const shape = [expected.rows, expected.columns]
      const prediction = unpack(shape, expected.prediction)
      const reference = unpack(shape, expected.reference)
      for (const metric of ["dice", "iou", "precision", "recall", "hd", "hd95", "assd"] as const)
        expect(measure(metric, prediction, reference, expected.spacingMm), metric).toBeCloseTo(
          expected[metric],
          12,
        )
    },
  )
})
