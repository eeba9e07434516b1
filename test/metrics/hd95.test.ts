import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { assd } from "../../src/metrics/assd.ts"
import { dice } from "../../src/metrics/dice.ts"
import { hd } from "../../src/metrics/hd.ts"
import { hd95Pooled } from "../../src/metrics/hd95.ts"
import type { Mask } from "../../src/metrics/mask.ts"
import { anySpacing, draw, flipped, maskOf, maskPair, padded, rotated } from "../support/masks.ts"

const disc = (row: number, column: number, radius: number) => (r: number, c: number) =>
  (r - row) ** 2 + (c - column) ** 2 <= radius ** 2

const image = (rule: (row: number, column: number) => boolean): Mask => maskOf(224, 224, rule)

describe("hd95Pooled", () => {
  it("is the distance between two single pixels, in mm", () => {
    // 1 row of 3 mm down, 2 columns of 2 mm across: sqrt(9 + 16)
    expect(hd95Pooled(draw("#..", "..."), draw("...", "..#"), [3, 2])).toBe(5)
  })

  it("interpolates the 95th percentile of both ways pooled", () => {
    // From the line's five pixels to the dot 0, 1, 2, 3, 4, and back 0. Sorted: 0 0 1 2 3 4.
    // (6 - 1) x 0.95 = 4.75: three quarters of the way from 3 to 4.
    expect(hd95Pooled(draw("#####"), draw("#...."), [1, 1])).toBeCloseTo(3.75, 14)
    expect(hd(draw("#####"), draw("#...."), [1, 1])).toBe(4)
    expect(assd(draw("#####"), draw("#...."), [1, 1])).toBeCloseTo(10 / 6, 14)
  })

  it("is zero between equal masks, full ones and those of one pixel among them", () => {
    for (const mask of [draw("#"), draw("##", "##"), draw("...", ".#.")])
      expect(hd95Pooled(mask, mask, [0.1, 0.2])).toBe(0)
  })

  it("is undefined when either mask is empty", () => {
    const empty = draw("..", "..")
    const full = draw("##", "##")
    for (const distance of [hd95Pooled, hd, assd]) {
      expect(distance(empty, full, [1, 1])).toBeNull()
      expect(distance(full, empty, [1, 1])).toBeNull()
      expect(distance(empty, empty, [1, 1])).toBeNull()
    }
  })

  // medpy 0.5.2 with NumPy 2.4.6 on 224 x 224 pixels: dc, hd, hd95 and assd.
  it.each([
    ["a disc moved and larger", image(disc(115, 107, 62)), 0.935418, 8.0623, 7.6158, 3.829],
    [
      "a bar grown out of it",
      image((r, c) => disc(112, 112, 60)(r, c) || (r >= 110 && r <= 114 && c >= 113 && c <= 200)),
      0.993663,
      28.0713,
      11.8207,
      1.2609,
    ],
    [
      "a speck far away",
      image((r, c) => disc(112, 112, 60)(r, c) || disc(20, 20, 4)(r, c)),
      0.997834,
      74.2496,
      0,
      2.0437,
    ],
    [
      "its right part cut off",
      image((r, c) => disc(112, 112, 60)(r, c) && c < 130),
      0.811622,
      43,
      41.1096,
      10.0431,
    ],
  ])("agrees with medpy on a disc against %s", (_, other, overlap, largest, hd95, average) => {
    const reference = image(disc(112, 112, 60))
    expect(dice(reference, other)).toBeCloseTo(overlap, 6)
    expect(hd(reference, other, [1, 1])).toBeCloseTo(largest, 4)
    expect(hd95Pooled(reference, other, [1, 1])).toBeCloseTo(hd95, 4)
    expect(assd(reference, other, [1, 1])).toBeCloseTo(average, 4)
  })

  const measured = ([a, b]: readonly [Mask, Mask], spacingMm: readonly [number, number]): number =>
    hd95Pooled(a, b, spacingMm) ?? -1

  test.prop([maskPair, anySpacing])(
    "is symmetric and not above the largest distance",
    ([a, b], spacingMm) => {
      const distance = hd95Pooled(a, b, spacingMm)
      expect(hd95Pooled(b, a, spacingMm)).toBe(distance)
      if (distance !== null) expect(distance).toBeLessThanOrEqual(hd(a, b, spacingMm)!)
    },
  )

  test.prop([maskPair, anySpacing])("doubles with the spacing", ([a, b], [row, column]) => {
    const distance = hd95Pooled(a, b, [row, column])
    expect(hd95Pooled(a, b, [2 * row, 2 * column])).toBe(distance === null ? null : 2 * distance)
  })

  test.prop([maskPair, anySpacing])("does not see flips, rotations and wider images", ([a, b], spacingMm) => {
    const distance = measured([a, b], spacingMm)
    const [row, column] = spacingMm
    expect(measured([flipped(a), flipped(b)], spacingMm)).toBeCloseTo(distance, 12)
    expect(measured([rotated(a), rotated(b)], [column, row])).toBeCloseTo(distance, 12)
    expect(measured([padded(a, 1, 2, 3, 0), padded(b, 1, 2, 3, 0)], spacingMm)).toBe(distance)
    expect(measured([padded(a, 4, 0, 0, 5), padded(b, 4, 0, 0, 5)], spacingMm)).toBe(distance)
  })
})
