import { describe, expect, it } from "vitest"
import { type CaseMasks, scoreCase } from "../../src/metrics/scoreCase.ts"
import { ShapeError } from "../../src/tensor/shape.ts"
import { defaultScoring } from "../support/scoring.ts"

/** Three slices of 2 rows and 3 columns. */
const masks: CaseMasks = {
  ...{ id: "a1", patient: "a", rows: 2, columns: 3, slices: 3, spacingMm: [5, 2] },
  prediction: Uint8Array.of(1, 0, 0, 0, 0, 0, /**/ 0, 0, 0, 0, 0, 1, /**/ 0, 0, 0, 0, 0, 0),
  reference: Uint8Array.of(0, 0, 1, 0, 0, 0, /**/ 0, 0, 1, 0, 0, 0, /**/ 0, 1, 0, 0, 0, 0),
}

describe("scoreCase", () => {
  it("scores each slice by itself, rows and columns at their own spacing", () => {
    const { patient, slices } = scoreCase(masks, { ...defaultScoring, metrics: ["hd"], empty: "skip" })
    expect(patient).toBe("a")
    // Two columns of 2 mm; one row of 5 mm; missed.
    expect(slices.map(({ values, ...rest }) => ({ ...rest, hd: values.hd }))).toEqual([
      { patient: "a", case: "a1", slice: 0, outcome: "scored", counted: true, hd: 4 },
      { patient: "a", case: "a1", slice: 1, outcome: "scored", counted: true, hd: 5 },
      { patient: "a", case: "a1", slice: 2, outcome: "missed", counted: false, hd: null },
    ])
  })

  it.each(["prediction", "reference"] as const)(
    "refuses a %s that is not as long as its size says",
    (volume) => {
      for (const length of [17, 19]) {
        const wrong = { ...masks, [volume]: new Uint8Array(length) }
        expect(() => scoreCase(wrong, defaultScoring)).toThrow(ShapeError)
        expect(() => scoreCase(wrong, defaultScoring)).toThrow(
          `${volume} of case a1: expected shape [3, 2, 3], got [${length}]`,
        )
      }
    },
  )
})
