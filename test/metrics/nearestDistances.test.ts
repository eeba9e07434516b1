import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { axesOf } from "../../src/metrics/axes.ts"
import { squaredDistanceTransform } from "../../src/metrics/distanceTransform.ts"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"
import { nearestDistances } from "../../src/metrics/nearestDistances.ts"
import { expectClose } from "../support/close.ts"
import { anyPair, draw, maskOf } from "../support/masks.ts"

const placesOf = ({ data }: Mask): Int32Array => Int32Array.from(data.keys()).filter((i) => data[i] === 1)

const nearest = (sites: Mask, queries: Mask, spacingMm: SpacingMm) =>
  nearestDistances(placesOf(sites), placesOf(queries), axesOf(sites.shape, spacingMm))

/** The transform everywhere, read at the queries. */
const byTransform = (sites: Mask, queries: Mask, spacingMm: SpacingMm): number[] => {
  const everywhere = squaredDistanceTransform(sites, spacingMm)
  return Array.from(placesOf(queries), (place) => Math.sqrt(everywhere[place]!))
}

describe("nearestDistances", () => {
  it("is in the order of the queries, rows and columns at their own spacing", () => {
    // Rows 3 mm apart, columns 4 mm.
    expect([...nearest(draw("#..", "..."), draw("..#", "##."), [3, 4])]).toEqual([8, 3, 5])
  })

  test.prop([anyPair])("is the transform where it is asked for", ({ a, b, spacingMm }) => {
    fc.pre(a.data.includes(1))
    expectClose(nearest(a, b, spacingMm), byTransform(a, b, spacingMm), { relative: 1e-13 })
  })

  it.each([
    [
      "a row of queries far from the sites",
      maskOf([3, 300], (_, column) => column === 0),
      maskOf([3, 300], (row) => row !== 1),
    ],
    [
      "planes full of queries far from the sites",
      maskOf([3, 12, 40], (slice, row, column) => slice === 1 && row === 3 && column! < 2),
      maskOf([3, 12, 40], () => true),
    ],
    [
      "sites on the last plane only",
      maskOf([9, 20, 20], (slice, row, column) => slice === 8 && row === 0 && column === 0),
      maskOf([9, 20, 20], (_, row) => row! > 5),
    ],
  ])("is exact where a search outwards gives way to the transform: %s", (_, sites, queries) => {
    const spacingMm = [0.7, 1.1, 0.3].slice(0, sites.shape.length)
    expectClose(nearest(sites, queries, spacingMm), byTransform(sites, queries, spacingMm), {
      relative: 1e-13,
    })
  })
})
