import { describe, expect, it } from "vitest"
import { axesOf } from "../../src/metrics/axes.ts"
import { assertSameSize, assertSpacing } from "../../src/metrics/mask.ts"
import { ShapeError } from "../../src/tensor/shape.ts"

const mask = (...shape: readonly number[]) => ({
  shape,
  data: new Uint8Array(shape.reduce((product, size) => product * size, 1)),
})

describe("assertSameSize", () => {
  it("lets masks of one shape of two or three axes pass", () => {
    for (const shape of [
      [2, 3],
      [4, 2, 3],
      [0, 5],
    ])
      expect(() => assertSameSize("here", mask(...shape), mask(...shape))).not.toThrow()
  })

  it.each([
    ["another size", mask(2, 3), mask(2, 4), "here: expected shape [2, 3], got [2, 4]"],
    ["other axes of as many pixels", mask(2, 3), mask(3, 2), "here: expected shape [2, 3], got [3, 2]"],
    ["an axis more", mask(2, 3), mask(2, 3, 1), "here: expected shape [2, 3], got [2, 3, 1]"],
    ["an axis less", mask(2, 3, 1), mask(2, 3), "here: expected shape [2, 3, 1], got [2, 3]"],
    [
      "one axis",
      mask(3),
      mask(3),
      "here: expected shape [rows, columns] or [slices, rows, columns], got [3]",
    ],
    [
      "four axes",
      mask(1, 1, 1, 1),
      mask(1, 1, 1, 1),
      "here: expected shape [rows, columns] or [slices, rows, columns], got [1, 1, 1, 1]",
    ],
    [
      "too few pixels in the first",
      { shape: [2, 3], data: new Uint8Array(5) },
      mask(2, 3),
      "here: expected shape [6] pixels, got [5]",
    ],
    [
      "too many in the second",
      mask(2, 3),
      { shape: [2, 3], data: new Uint8Array(7) },
      "here: expected shape [6] pixels, got [7]",
    ],
  ])("refuses %s", (_, first, second, message) => {
    expect(() => assertSameSize("here", first, second)).toThrow(ShapeError)
    expect(() => assertSameSize("here", first, second)).toThrow(message)
  })
})

describe("assertSpacing", () => {
  it("asks for one spacing for each axis", () => {
    expect(() => assertSpacing("here", mask(2, 3), [1, 1])).not.toThrow()
    for (const spacingMm of [[1], [1, 1, 1]])
      expect(() => assertSpacing("here", mask(2, 3), spacingMm)).toThrow(
        `spacing of here: expected shape [2] values, got [${spacingMm.length}]`,
      )
  })
})

describe("axesOf", () => {
  it("is slowest first, with the way in memory to the next pixel along each", () => {
    expect(axesOf([4, 2, 3], [5, 0.5, 0.25])).toEqual([
      { size: 4, stride: 6, mm: 5 },
      { size: 2, stride: 3, mm: 0.5 },
      { size: 3, stride: 1, mm: 0.25 },
    ])
    expect(axesOf([7, 8], [1, 2]).map(({ stride }) => stride)).toEqual([8, 1])
  })
})
