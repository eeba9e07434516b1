import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { squaredDistanceTransform } from "../../src/metrics/distanceTransform.ts"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"
import { expectClose } from "../support/close.ts"
import { anyMask, draw, drawSlices, indexOf, maskOf } from "../support/masks.ts"

/** By trying every site. */
const plain = ({ shape, data }: Mask, spacingMm: SpacingMm): number[] =>
  Array.from(data, (_, pixel) =>
    data.reduce((nearest, isSite, site) => {
      if (isSite === 0) return nearest
      const [from, to] = [indexOf(shape, pixel), indexOf(shape, site)]
      const away = from.map((at, axis) => (at - to[axis]!) * spacingMm[axis]!)
      return Math.min(
        nearest,
        away.reduce((sum, mm) => sum + mm * mm, 0),
      )
    }, Number.POSITIVE_INFINITY),
  )

describe("squaredDistanceTransform", () => {
  it("is the squared distance to a single site, rows and columns at their own spacing", () => {
    // Rows 3 mm apart, columns 2 mm; the site is at the upper left.
    const distances = squaredDistanceTransform(draw("#..", "..."), [3, 2])
    expect([...distances]).toEqual([0, 4, 16, 9, 13, 25])
  })

  it("reaches across slices, at their own spacing", () => {
    const distances = squaredDistanceTransform(drawSlices(["#."], [".."], [".#"]), [5, 1, 2])
    expect([...distances]).toEqual([0, 4, 25, 25, 4, 0])
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
    const sites = maskOf([60, 47], (row, column) => (row! * 31 + column! * 17) % 223 === 0)
    expect([...squaredDistanceTransform(sites, [1, 1])]).toEqual(plain(sites, [1, 1]))
  })

  test.prop([anyMask])("equals trying every site", ({ mask: sites, spacingMm }) => {
    const expected = plain(sites, spacingMm)
    const distances = squaredDistanceTransform(sites, spacingMm)
    if (sites.data.includes(1)) expectClose(distances, expected, { relative: 1e-13 })
    else expect([...distances]).toEqual(expected)
  })
})
