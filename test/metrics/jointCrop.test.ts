import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { jointCrop } from "../../src/metrics/jointCrop.ts"
import { anyPair, draw, drawSlices } from "../support/masks.ts"

const rowsOf = (data: Uint8Array, columns: number): string[] =>
  Array.from({ length: data.length / columns }, (_, row) =>
    [...data.subarray(row * columns, (row + 1) * columns)].map((bit) => (bit === 1 ? "#" : ".")).join(""),
  )

describe("jointCrop", () => {
  it("cuts to the box around both, with a margin, and rows of a multiple of four pixels", () => {
    const crop = jointCrop(
      draw("......", "..#...", "......", "......"),
      draw("......", "......", "...##.", "......"),
      [3, 2],
    )!
    expect(crop.axes).toEqual([
      { size: 4, stride: 8, mm: 3 },
      { size: 8, stride: 1, mm: 2 },
    ])
    expect(rowsOf(crop.first, 8)).toEqual(["........", ".#......", "........", "........"])
    expect(rowsOf(crop.second, 8)).toEqual(["........", "........", "..##....", "........"])
  })

  it("puts the rows of a volume before its slices where they lie closer", () => {
    const [a, b] = [drawSlices(["#.", ".."], ["..", ".."]), drawSlices(["..", ".."], ["..", ".#"])]
    expect(jointCrop(a, b, [3, 1, 2])!.axes.map(({ size, mm }) => [size, mm])).toEqual([
      [4, 1],
      [4, 3],
      [4, 2],
    ])
    expect(jointCrop(a, b, [1, 3, 2])!.axes.map(({ mm }) => mm)).toEqual([1, 3, 2])
  })

  it("is nothing when either is empty", () => {
    expect(jointCrop(draw("#."), draw(".."), [1, 1])).toBeNull()
    expect(jointCrop(draw(".."), draw("#."), [1, 1])).toBeNull()
  })

  test.prop([anyPair])("loses no pixel, and leaves the margin empty", ({ a, b, spacingMm }) => {
    const crop = jointCrop(a, b, spacingMm)
    const count = (data: Uint8Array) => data.reduce((sum, bit) => sum + bit, 0)
    if (crop === null) return
    expect([count(crop.first), count(crop.second)]).toEqual([count(a.data), count(b.data)])
    for (const { size, stride } of crop.axes)
      for (const data of [crop.first, crop.second])
        data.forEach((bit, place) => {
          const at = Math.floor(place / stride) % size
          if (at === 0 || at === size - 1) expect(bit).toBe(0)
        })
  })
})
