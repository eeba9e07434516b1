import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { border } from "../../src/metrics/border.ts"
import { jointCrop } from "../../src/metrics/jointCrop.ts"
import type { Mask } from "../../src/metrics/mask.ts"
import { anyMask, draw, drawSlices, flipped, indexOf, maskOf, turned } from "../support/masks.ts"

/** The border as a mask, in the box around it. */
const borderOf = (mask: Mask): Mask => {
  const { first, axes } = jointCrop(
    mask,
    mask,
    mask.shape.map(() => 1),
  )!
  const places = new Set(border(first, axes))
  const shape = axes.map(({ size }) => size)
  return maskOf(
    shape.map((size) => size - 2),
    (...index) => places.has(index.reduce((place, at, axis) => place + (at + 1) * axes[axis]!.stride, 0)),
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
    expect(borderOf(mask)).toEqual(draw(".###.", "#...#", "#...#", ".###."))
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
    expect(borderOf(draw("...", ".#.", "..."))).toEqual(draw("#"))
  })

  it("looks at six neighbours in three dimensions", () => {
    const full = ["###", "###", "###"]
    // Only the voxel in the middle has all six. Slice by slice every slice would have a hole.
    expect(borderOf(drawSlices(full, full, full))).toEqual(drawSlices(full, ["###", "#.#", "###"], full))
  })

  test.prop([anyMask])("is what has an empty neighbour, and turns with the mask", ({ mask }) => {
    if (!mask.data.includes(1)) return
    const { shape } = mask
    const box = borderOf(mask)
    const at = (index: readonly number[]) =>
      index.some((i, axis) => i < 0 || i >= shape[axis]!)
        ? 0
        : mask.data[index.reduce((place, i, axis) => place * shape[axis]! + i, 0)]
    const expected = maskOf(shape, (...index) =>
      at(index) === 1
        ? index.some((i, k) => at(index.with(k, i - 1)) === 0 || at(index.with(k, i + 1)) === 0)
        : false,
    )
    const inBox = (whole: Mask): Mask => {
      const places = [...whole.data.keys()].filter((place) => whole.data[place] === 1)
      const low = shape.map((_, k) => Math.min(...places.map((place) => indexOf(shape, place)[k]!)))
      return maskOf(box.shape, (...index) => {
        const place = index.reduce((sum, i, k) => sum * shape[k]! + i + low[k]!, 0)
        return whole.data[place] === 1
      })
    }
    expect(box).toEqual(inBox(expected))
    for (const axis of shape.keys()) expect(borderOf(flipped(mask, axis))).toEqual(flipped(box, axis))
    const order = shape.map((_, axis) => (axis + 1) % shape.length)
    expect(borderOf(turned(mask, order))).toEqual(turned(box, order))
  })
})
