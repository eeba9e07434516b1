import { describe, expect, it } from "vitest"
import { draw, drawSlices } from "../support/masks.ts"
import { measure } from "../support/measure.ts"

describe("nsd", () => {
  it("is the share of both contours' length within the tolerance, which counts as within", () => {
    // The contour of 2 x 2 pixels, 1 mm down and 3 mm across, runs through three columns of points: at either end a
    // side of one row between two half diagonals; in the middle two sides of one column.
    const [a, b] = [draw("##.", "##."), draw(".##", ".##")]
    const diagonal = Math.hypot(1, 3)
    const whole = 2 * (1 + diagonal) + 2 * 3
    const nsd = (toleranceMm: number) => measure("nsd", a, b, [1, 3], { toleranceMm })
    // Moved by one column, the middle lies on the other's end; the end on the other's middle, but for its side, which
    // lies inside, 1 mm from the contour.
    expect(nsd(0)).toBeCloseTo((diagonal + 6) / whole, 14)
    expect(nsd(0.9)).toBe(nsd(0))
    expect(nsd(1)).toBeCloseTo((1 + diagonal + 6) / whole, 14)
    expect(nsd(2.9)).toBe(nsd(1))
    expect(nsd(3)).toBe(1)
  })

  it("is the share of the surfaces' area in three dimensions", () => {
    // A voxel is eight corners of equal area; the next voxel has four of them in common.
    const [a, b] = [drawSlices(["#"], ["."]), drawSlices(["."], ["#"])]
    expect(measure("nsd", a, b, [4, 2, 1], { toleranceMm: 0 })).toBeCloseTo(0.5, 14)
    expect(measure("nsd", a, b, [4, 2, 1], { toleranceMm: 4 })).toBe(1)
  })

  it("is 0 between contours that are all too far apart", () => {
    expect(measure("nsd", draw("#....#"), draw("..#..."), [1, 1], { toleranceMm: 0.5 })).toBe(0)
  })
})
