import { test as property } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Area, disagreement, outline } from "../../src/figures/outline.ts"
import type { Mask } from "../../src/metrics/mask.ts"
import { draw as drawMask, maskOf } from "../support/masks.ts"

/** The drawing as what an outline is taken of. */
const area = ({ shape, data }: Mask): Area => ({ rows: shape[0]!, columns: shape[1]!, data })
const draw = (...lines: readonly string[]): Area => area(drawMask(...lines))

const coordinates = (path: string): number[][] =>
  [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])

describe("outline", () => {
  it("runs along the pixel edges, cutting the corners in half", () => {
    expect(outline(draw("....", ".##.", ".##.", "...."), 0)).toBe(
      "M3 2.5L3 1.5L2.5 1L1.5 1L1 1.5L1 2.5L1.5 3L2.5 3Z",
    )
  })

  it("leaves out what changes it by less than the tolerance", () => {
    const square = area(maskOf([40, 40], (...index) => index.every((i) => i > 9 && i < 30)))
    expect(coordinates(outline(square)).length).toBeLessThanOrEqual(8)
  })

  it("has a ring for the hole of a ring", () => {
    const ring = draw("#####", "#...#", "#...#", "#...#", "#####")
    expect(outline(ring, 0).match(/M/g)).toHaveLength(2)
  })

  it("is empty for an empty mask and frames a full one", () => {
    expect(outline(draw("...", "..."))).toBe("")
    const full = coordinates(outline(draw("####", "####"), 0))
    expect(full.map(([x]) => x)).toEqual(expect.arrayContaining([0, 4]))
    expect(full.map(([, y]) => y)).toEqual(expect.arrayContaining([0, 2]))
  })

  /** How far a point is from the nearest of the closed rings, by looking at many points along each side. */
  const distanceTo = (path: string, [x, y]: readonly number[]): number => {
    let nearest = Number.POSITIVE_INFINITY
    for (const ring of path.split("Z").filter(Boolean).map(coordinates))
      ring.forEach(([ax, ay], i) => {
        const [bx, by] = ring[(i + 1) % ring.length]!
        for (let t = 0; t <= 1; t += 1 / 64)
          nearest = Math.min(nearest, Math.hypot(x! - ax! - t * (bx! - ax!), y! - ay! - t * (by! - ay!)))
      })
    return nearest
  }

  property.prop([
    fc.array(fc.constantFrom(0, 1), { minLength: 63, maxLength: 63 }),
    fc.constantFrom(0.5, 1, 2),
  ])(
    "is nowhere further off than the tolerance when simplified, and has no more points",
    (pixels, tolerance) => {
      const mask = { rows: 7, columns: 9, data: Uint8Array.from(pixels) }
      const exact = outline(mask, 0)
      const simple = outline(mask, tolerance)
      expect(coordinates(simple).length).toBeLessThanOrEqual(coordinates(exact).length)
      // Coordinates are rounded to tenths, and the sides are looked at in steps.
      for (const point of coordinates(exact)) expect(distanceTo(simple, point)).toBeLessThan(tolerance + 0.15)
    },
  )

  property.prop([fc.array(fc.constantFrom(0, 1), { minLength: 63, maxLength: 63 })])(
    "stays in the box of the mask",
    (pixels) => {
      for (const [x, y] of coordinates(outline({ rows: 7, columns: 9, data: Uint8Array.from(pixels) }))) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(9)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(7)
      }
    },
  )
})

describe("disagreement", () => {
  it("is where not all masks are the same", () => {
    expect(disagreement([draw("##.."), draw(".##."), draw(".#.#")])).toEqual(draw("#.##"))
  })

  it("is nowhere for one mask", () => {
    expect(disagreement([draw("#.")])).toEqual(draw(".."))
  })
})
