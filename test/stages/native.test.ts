import { describe, expect, it } from "vitest"
import { fitOf } from "../../src/data/dataset/fit.ts"
import { nativeMask, nativeProbabilities } from "../../src/stages/native.ts"
import { geometryOf } from "../support/geometry.ts"

describe("native resolution", () => {
  // 4 columns, 2 rows and 3 slices, from training slices of 1 x 2. A row of p and q becomes p, (3 p + q) / 4,
  // (p + 3 q) / 4 and q, in both rows.
  const geometry = geometryOf([4, 2, 3])
  const fit = fitOf({ rows: 1, columns: 2, resize: { kind: "size" } }, geometry)
  const probabilities = Float32Array.of(0, 1, 0.5, 0.25, 1, 1)
  const twice = (row: readonly number[]) => [...row, ...row]

  it("is bilinear, slice after slice", () => {
    expect([...nativeProbabilities(probabilities, fit, geometry)]).toEqual([
      ...twice([0, 0.25, 0.75, 1]),
      ...twice([0.5, 0.4375, 0.3125, 0.25]),
      ...twice([1, 1, 1, 1]),
    ])
  })

  it("is a mask of what reaches the threshold, one half unless another is given", () => {
    expect([...nativeMask(probabilities, fit, geometry)]).toEqual([
      ...twice([0, 0, 1, 1]),
      ...twice([1, 0, 0, 0]),
      ...twice([1, 1, 1, 1]),
    ])
    expect([...nativeMask(probabilities, fit, geometry, 0.25)]).toEqual([
      ...twice([0, 1, 1, 1]),
      ...twice([1, 1, 1, 1]),
      ...twice([1, 1, 1, 1]),
    ])
  })

  it("is 0 where slices were cropped", () => {
    // One pixel of the four columns is trained on: the canvas of 2 x 4 at the file's own spacing keeps its middle.
    const cropping = fitOf({ rows: 2, columns: 2, resize: { kind: "spacing", spacingMm: [1, 1] } }, geometry)
    const full = new Float32Array(12).fill(0.75)
    const row = [0, 1, 1, 0]
    expect([...nativeMask(full, cropping, geometry)]).toEqual(Array(6).fill(row).flat())
    expect([...nativeProbabilities(full, cropping, geometry)]).toEqual(
      Array(6)
        .fill(row.map((inside) => 0.75 * inside))
        .flat(),
    )
  })
})
