import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { axesOf } from "../../src/metrics/axes.ts"
import { border } from "../../src/metrics/border.ts"
import type { Mask } from "../../src/metrics/mask.ts"
import { anyMask, draw, drawSlices, flipped, isInside, maskOf, padded, turned } from "../support/masks.ts"

/** The border as a mask of the same shape. */
const borderOf = (mask: Mask): Mask => {
  const margin = mask.shape.map(() => 1)
  const toFours = (4 - ((mask.shape.at(-1)! + 2) % 4)) % 4
  const { shape, data } = padded(mask, margin, margin.with(-1, 1 + toFours))
  const places = new Set(border(data, axesOf(shape, margin)))
  return maskOf(mask.shape, (...index) =>
    places.has(index.reduce((place, at, axis) => place * shape[axis]! + at + 1, 0)),
  )
}

describe("border", () => {
  it("leaves out pixels with all four neighbours, whatever the diagonal ones are", () => {
    const mask = draw(
      ".......", //
      "..###..",
      ".#####.",
      ".#####.",
      "..###..",
      ".......",
    )
    // The second row's second "#" has its four neighbours; only its diagonal one, the corner, is missing.
    const expected = draw(
      ".......", //
      "..###..",
      ".#...#.",
      ".#...#.",
      "..###..",
      ".......",
    )
    expect(borderOf(mask)).toEqual(expected)
  })

  it("takes the pixels of a full mask that lie on the image's edge", () => {
    expect(borderOf(draw("####", "####", "####", "####"))).toEqual(draw("####", "#..#", "#..#", "####"))
  })

  it("is the whole of a single pixel, a line and a one-pixel image", () => {
    for (const mask of [
      draw("####"),
      draw("#", "#", "#"),
      draw("#"),
      drawSlices(["#"]),
      drawSlices(["##"], ["##"]),
    ])
      expect(borderOf(mask)).toEqual(mask)
    expect(borderOf(draw("...", ".#.", "..."))).toEqual(draw("...", ".#.", "..."))
  })

  it("looks at six neighbours in three dimensions", () => {
    const full = ["###", "###", "###"]
    // Only the voxel in the middle has all six. Slice by slice every slice would have a hole.
    expect(borderOf(drawSlices(full, full, full))).toEqual(drawSlices(full, ["###", "#.#", "###"], full))
  })

  it("is empty when the mask is", () => {
    expect(borderOf(draw("..", ".."))).toEqual(draw("..", ".."))
  })

  it("sees a gap between pixels that are read four at a time", () => {
    const gap = ["########", "########", "########"]
    for (const at of [2, 3, 4, 5]) {
      const middle = `${"#".repeat(at)}.${"#".repeat(7 - at)}`
      const expected = [0, 7, at - 1, at + 1].map((column) => draw(middle).data[column])
      const found = borderOf(draw(gap[0]!, middle, gap[2]!)).data.subarray(8, 16)
      expect([0, 7, at - 1, at + 1].map((column) => found[column])).toEqual(expected)
      expect(found.reduce((sum, bit) => sum + bit)).toBe(4)
    }
  })

  test.prop([anyMask])("is what has an empty neighbour, and turns with the mask", ({ mask }) => {
    const edge = borderOf(mask)
    const expected = maskOf(
      mask.shape,
      (...index) =>
        isInside(mask, index) &&
        index.some(
          (at, k) => !isInside(mask, index.with(k, at - 1)) || !isInside(mask, index.with(k, at + 1)),
        ),
    )
    expect(edge).toEqual(expected)
    for (const axis of mask.shape.keys()) expect(borderOf(flipped(mask, axis))).toEqual(flipped(edge, axis))
    const order = mask.shape.map((_, axis) => (axis + 1) % mask.shape.length)
    expect(borderOf(turned(mask, order))).toEqual(turned(edge, order))
  })
})
