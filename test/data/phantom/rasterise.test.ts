import { describe, expect, it } from "vitest"
import { fieldMm, gridOf } from "../../../src/data/phantom/grid.ts"
import { ringOf } from "../../../src/data/phantom/randomCurve.ts"
import { polarGrid, rasterise } from "../../../src/data/phantom/rasterise.ts"

describe("rasterise", () => {
  it("marks exactly the pixels whose centres lie inside", () => {
    // 4 x 4 pixels of 11.52 x 8.0775 mm; from the field's centre their centres are 5.76 or 17.28 mm away across
    // and 4.04 or 12.12 mm down, so a circle of 8 mm holds only the middle four: hypot(5.76, 4.04) = 7.03.
    const polar = polarGrid(gridOf(4, 4), { x: fieldMm.x / 2, y: fieldMm.y / 2 })
    const mask = rasterise(
      polar,
      ringOf(() => 8),
    )
    expect([...mask]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0])
  })

  it("gives a circle its area", () => {
    const grid = gridOf(240, 343)
    const mask = rasterise(
      polarGrid(grid, { x: 20, y: 15 }),
      ringOf(() => 10),
    )
    const areaMm2 = mask.reduce((sum, value) => sum + value, 0) * grid.dxMm * grid.dyMm
    expect(areaMm2 / (Math.PI * 100)).toBeCloseTo(1, 2)
  })

  it("counts angles from the right downwards", () => {
    const grid = gridOf(240, 343)
    // Long below the centre (a quarter of the turn), short elsewhere.
    const mask = rasterise(
      polarGrid(grid, { x: 23, y: 16 }),
      ringOf((i) => (Math.abs(i - 128) < 20 ? 10 : 1)),
    )
    const at = (xMm: number, yMm: number) =>
      mask[Math.floor(yMm / grid.dyMm) * grid.columns + Math.floor(xMm / grid.dxMm)]
    expect([at(23, 24), at(23, 8), at(31, 16), at(15, 16)]).toEqual([1, 0, 0, 0])
  })
})
