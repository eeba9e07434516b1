import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { axesOf } from "../../src/metrics/axes.ts"
import { lineTransform, squaredDistanceTransform } from "../../src/metrics/distanceTransform.ts"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"
import { nearestDistances } from "../../src/metrics/nearestDistances.ts"
import { expectClose } from "../support/close.ts"
import { anyPair, draw, maskOf } from "../support/masks.ts"

// As it is, but it counts: that is how a plane that is transformed differs from one that is searched.
vi.mock(import("../../src/metrics/distanceTransform.ts"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, lineTransform: vi.fn(original.lineTransform) }
})

/** The axes along which planes were transformed since the last test, by their sizes. */
const transformed = () => vi.mocked(lineTransform).mock.calls.map(([{ size }]) => size)

beforeEach(() => {
  vi.mocked(lineTransform).mockClear()
})

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

  // Of three planes of 12 x 40 pixels, and of a plane that is a row of 300, in which about four looks at each pixel
  // are the limit.
  const far = {
    // 299 looks, then 298, ... reach 1200 after five queries.
    row: [maskOf([3, 300], (_, column) => column === 0), maskOf([3, 300], (row) => row !== 1)],
    planes: [
      maskOf([3, 12, 40], (slice, row, column) => slice === 1 && row === 3 && column! < 2),
      maskOf([3, 12, 40], () => true),
    ],
    lastPlane: [
      maskOf([9, 20, 20], (slice, row, column) => slice === 8 && row === 0 && column === 0),
      maskOf([9, 20, 20], (_, row) => row! > 5),
    ],
  } as const

  it.each([
    // A row has no columns of its own: what is transformed first is each pixel's column of one.
    ["a row of queries far from the sites", far.row, [1, 300, 1, 300]],
    ["planes full of queries far from the sites", far.planes, [12, 40, 12, 40, 12, 40]],
    ["sites on the last plane only", far.lastPlane, new Array(9).fill([20, 20]).flat()],
  ] as const)("is exact where a search outwards gives way to the transform: %s", (_, masks, axes) => {
    const [sites, queries] = masks
    const spacingMm = [0.7, 1.1, 0.3].slice(0, sites.shape.length)
    const found = nearest(sites, queries, spacingMm)
    expect(transformed()).toEqual(axes)
    expectClose(found, byTransform(sites, queries, spacingMm), { relative: 1e-13 })
  })

  it("searches where sites and queries lie close together, and transforms nothing", () => {
    const square = (side: number) => maskOf([6, 30, 30], (_, row, column) => Math.max(row!, column!) < side)
    nearest(square(18), square(20), [1, 1, 1])
    expect(transformed()).toEqual([])
  })

  it("leaves the rows alone where transformed columns are enough", () => {
    // All sites are 11 rows away: a search looks at half a disc of pixels, with the columns done at 22 of the row.
    const [sites, queries] = [0, 11].map((at) => maskOf([2, 12, 40], (_, row) => row === at))
    expectClose(nearest(sites!, queries!, [5, 1, 1]), new Array(80).fill(11), { relative: 1e-13 })
    expect(transformed()).toEqual([12, 12])
  })

  it("keeps in step with the queries, however many planes lie between them", () => {
    // Sites in planes 0, 3 and 8: plane 1 lies one from 0, plane 5 two from 3, plane 6 two from 8.
    const at = (...planes: readonly number[]) => maskOf([9, 1, 1], (plane) => planes.includes(plane!))
    expect([...nearest(at(0, 3, 8), at(1, 5, 6), [2, 1, 1])]).toEqual([2, 4, 4])
    expect([...nearest(at(0), at(0, 8), [0.5, 1, 1])]).toEqual([0, 4])
    expect([...nearest(at(8), at(0, 8), [0.5, 1, 1])]).toEqual([4, 0])
  })
})
