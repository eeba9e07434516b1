import { describe, expect, it } from "vitest"
import { hd95Contour } from "../../src/metrics/hd95.ts"
import type { Hd95Convention } from "../../src/metrics/scores.ts"
import { hd95Conventions } from "../../src/metrics/scores.ts"
import { draw, drawSlices } from "../support/masks.ts"
import { measure } from "../support/measure.ts"

const hd95 = (
  hd95: Hd95Convention,
  ...args: Parameters<typeof measure> extends [unknown, ...infer A] ? A : never
) => measure("hd95", args[0], args[1], args[2], { hd95 })

describe("hd95", () => {
  it.each(hd95Conventions)("%s is the distance between two single pixels, in mm", (convention) => {
    // 1 row of 3 mm down, 2 columns of 2 mm across: sqrt(9 + 16)
    expect(hd95(convention, draw("#..", "..."), draw("...", "..#"), [3, 2])).toBe(5)
    // The same in a slice 12 mm away: sqrt(25 + 144)
    const [a, b] = [drawSlices(["#..", "..."], ["...", "..."]), drawSlices(["...", "..."], ["...", "..#"])]
    expect(hd95(convention, a, b, [12, 3, 2])).toBe(13)
  })

  it("pooled interpolates the 95th percentile of both ways together", () => {
    // From the line's five pixels to the dot 0, 1, 2, 3, 4, and back 0. Sorted: 0 0 1 2 3 4.
    // (6 - 1) x 0.95 = 4.75: three quarters of the way from 3 to 4.
    expect(hd95("pooled", draw("#####"), draw("#...."))).toBeCloseTo(3.75, 14)
    expect(measure("hd", draw("#####"), draw("#...."))).toBe(4)
    expect(measure("assd", draw("#####"), draw("#...."))).toBeCloseTo(10 / 6, 14)
  })

  it("max-directed interpolates each way and takes the larger", () => {
    // One way 0, 1, 2, 3, 4: (5 - 1) x 0.95 = 3.8. The other way 0.
    expect(hd95("max-directed", draw("#####"), draw("#...."))).toBeCloseTo(3.8, 14)
    expect(hd95("max-directed", draw("#...."), draw("#####"))).toBeCloseTo(3.8, 14)
  })

  it("contour takes a distance that occurs, weighed by the contour's length", () => {
    // The contour of the line is 8 pieces along its sides, at 1, 2, 3, 4 columns from the left end, and 4 half
    // diagonals at its corners: the dot has the first two of these and two at 1 column. Lengths by distance:
    // 0: 2 + sqrt(2) (two corners, and the two pieces at column 1), 1: 2, 2: 2, 3: 2, 4: sqrt(2).
    // In all 10.83; all but the last are 87 %, so 95 % needs the last.
    expect(hd95("contour", draw("#####"), draw("#...."))).toBe(4)
    // The end at 10 columns is sqrt(2) of 2 * 10 + 2 * sqrt(2), 6.2 %; of a line of 20, sqrt(2) of 40.8, 3.5 %.
    expect(hd95("contour", draw("#".repeat(11)), draw(`#${".".repeat(10)}`))).toBe(10)
    expect(hd95("contour", draw("#".repeat(20)), draw(`#${".".repeat(19)}`))).toBe(18)
  })

  it("contour counts a length of exactly 95 % as enough, however its sum is rounded, and no less", () => {
    const oneWay = (near: readonly number[], far: readonly number[]) => ({
      distances: Float64Array.of(...near.map(() => 1), ...far.map(() => 7)),
      sizes: Float64Array.of(...near, ...far),
    })
    const pieces = (count: number, hundredths: number) => new Array<number>(count).fill(hundredths / 100)
    const none = oneWay([1], [])
    // 95 of 100 pieces of equal length; the sums of most lengths are rounded, many of them down.
    for (let hundredths = 1; hundredths <= 300; hundredths++) {
      const exact = oneWay(pieces(95, hundredths), pieces(5, hundredths))
      expect(hd95Contour({ there: exact, back: none }), `${hundredths}`).toBe(1)
      expect(hd95Contour({ there: none, back: exact }), `${hundredths}`).toBe(1)
    }
    const tooShort = oneWay([0.95 - 1e-9], [0.05 + 1e-9])
    expect(hd95Contour({ there: tooShort, back: none })).toBe(7)
  })

  it("contour adds the lengths at one distance, wherever they lie, and goes from near to far", () => {
    // 10 at 1 mm, 80 at 2 mm, 6 at 10 mm, 4 at 30 mm: 10, 90, 96 of 100, so 10 mm. As texts 10 comes before 2.
    const there = {
      distances: Float64Array.of(30, 2, 10, 1, 2, 10),
      sizes: Float64Array.of(4, 50, 3, 10, 30, 3),
    }
    const back = { distances: Float64Array.of(3), sizes: Float64Array.of(1) }
    expect(hd95Contour({ there, back })).toBe(10)
    expect(hd95Contour({ there: back, back: there })).toBe(10)
  })

  it("is zero between equal masks, full ones and those of one pixel among them", () => {
    for (const mask of [draw("#"), draw("##", "##"), draw("...", ".#."), drawSlices(["##"], ["##"])])
      for (const convention of hd95Conventions)
        expect(hd95(convention, mask, mask, [0.1, 0.2, 0.3].slice(0, mask.shape.length))).toBe(0)
  })

  it("does not see a far speck when pooled, and does when each way counts for itself", () => {
    // A line of 60, and 5 pixels more in the other mask, 20 rows away: of 125 distances 5 are large, 4 %; one way
    // they are 5 of 65, 7.7 %.
    const line = "#".repeat(60)
    const rows = (last: string) => draw(line, ...new Array<string>(19).fill(".".repeat(60)), last)
    const [clean, speckled] = [rows(".".repeat(60)), rows(`#####${".".repeat(55)}`)]
    expect(hd95("pooled", clean, speckled)).toBe(0)
    expect(hd95("max-directed", clean, speckled)).toBe(20)
    expect(measure("hd", clean, speckled)).toBe(20)
  })
})
