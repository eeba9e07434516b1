import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { border } from "../../src/metrics/border.ts"
import { anyMask, draw, flipped, rotated } from "../support/masks.ts"

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
    expect(border(mask)).toEqual(expected)
  })

  it("takes the pixels of a full mask that lie on the image's edge", () => {
    expect(border(draw("####", "####", "####", "####"))).toEqual(draw("####", "#..#", "#..#", "####"))
  })

  it("is the whole of a single pixel, a line and a one-pixel image", () => {
    for (const mask of [draw("...", ".#.", "..."), draw("####"), draw("#", "#", "#"), draw("#")])
      expect(border(mask)).toEqual(mask)
  })

  it("is empty when the mask is", () => {
    expect(border(draw("..", ".."))).toEqual(draw("..", ".."))
  })

  test.prop([anyMask])("lies inside the mask and turns with it", (mask) => {
    const edge = border(mask)
    expect(edge.data.every((pixel, i) => pixel <= mask.data[i]!)).toBe(true)
    expect(border(flipped(mask))).toEqual(flipped(edge))
    expect(border(rotated(mask))).toEqual(rotated(edge))
  })
})
