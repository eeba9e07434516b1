import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { axesOf } from "../../src/metrics/axes.ts"
import { nearestDistances, squaredDistanceTransform } from "../../src/metrics/distanceTransform.ts"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"
import { expectClose } from "../support/close.ts"
import { anyMask, anyPair, draw, drawSlices, indexOf, maskOf } from "../support/masks.ts"

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

const placesOf = ({ data }: Mask): Int32Array => Int32Array.from(data.keys()).filter((i) => data[i] === 1)

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

describe("nearestDistances", () => {
  const nearest = (sites: Mask, queries: Mask, spacingMm: SpacingMm) =>
    nearestDistances(placesOf(sites), placesOf(queries), axesOf(sites.shape, spacingMm))

  test.prop([anyPair])("is the transform where it is asked for", ({ a, b, spacingMm }) => {
    fc.pre(a.data.includes(1))
    const everywhere = squaredDistanceTransform(a, spacingMm)
    expectClose(
      nearest(a, b, spacingMm),
      [...placesOf(b)].map((place) => Math.sqrt(everywhere[place]!)),
      { relative: 1e-13 },
    )
  })

  it("is exact on lines with more far queries than a search outwards is good for", () => {
    // A column of sites at the left: the queries of a row lie up to 299 columns away, too far to search for each.
    const sites = maskOf([3, 300], (_, column) => column === 0)
    const queries = maskOf([3, 300], (row) => row !== 1)
    const away = Array.from({ length: 300 }, (_, column) => column)
    expect([...nearest(sites, queries, [1, 1])]).toEqual([...away, ...away])
  })
})
