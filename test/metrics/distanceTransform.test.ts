import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { squaredDistanceTransform } from "../../src/metrics/distanceTransform.ts"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"
import { expectClose } from "../support/close.ts"
import { anyMask, anySpacing, draw, maskOf } from "../support/masks.ts"

/** By trying every site. */
const plain = ({ rows, columns, data }: Mask, [rowMm, columnMm]: SpacingMm): number[] =>
  Array.from({ length: rows * columns }, (_, pixel) =>
    data.reduce((nearest, isSite, site) => {
      const down = (Math.floor(pixel / columns) - Math.floor(site / columns)) * rowMm
      const across = ((pixel % columns) - (site % columns)) * columnMm
      return isSite === 1 ? Math.min(nearest, down * down + across * across) : nearest
    }, Number.POSITIVE_INFINITY),
  )

describe("squaredDistanceTransform", () => {
  it("is the squared distance to a single site, rows and columns at their own spacing", () => {
    // Rows 3 mm apart, columns 2 mm; the site is at the upper left.
    const distances = squaredDistanceTransform(draw("#..", "..."), [3, 2])
    expect([...distances]).toEqual([0, 4, 16, 9, 13, 25])
  })

  it("takes the nearest of several sites", () => {
    const distances = squaredDistanceTransform(draw("#....#"), [1, 1])
    expect([...distances]).toEqual([0, 1, 4, 4, 1, 0])
  })

  it("is infinite without a site and zero on every site", () => {
    expect([...squaredDistanceTransform(draw("..", ".."), [1, 1])]).toEqual(
      new Array(4).fill(Number.POSITIVE_INFINITY),
    )
    expect([...squaredDistanceTransform(draw("##", "##"), [1, 1])]).toEqual([0, 0, 0, 0])
    expect([...squaredDistanceTransform(draw("#"), [1, 1])]).toEqual([0])
  })

  it("is exact, in whole numbers, for square pixels of 1 mm", () => {
    const sites = maskOf(60, 47, (row, column) => (row * 31 + column * 17) % 223 === 0)
    expect([...squaredDistanceTransform(sites, [1, 1])]).toEqual(plain(sites, [1, 1]))
  })

  test.prop([anyMask, anySpacing])("equals trying every site", (sites, spacingMm) => {
    const expected = plain(sites, spacingMm)
    const distances = squaredDistanceTransform(sites, spacingMm)
    if (sites.data.includes(1)) expectClose(distances, expected, { relative: 1e-13 })
    else expect([...distances]).toEqual(expected)
  })
})
