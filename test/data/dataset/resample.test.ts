import { readFile } from "node:fs/promises"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { areaAverage, areaMajority } from "../../../src/data/dataset/resample.ts"

interface Case {
  readonly name: string
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly image: readonly number[]
  readonly result: readonly number[]
}

const fixture = JSON.parse(
  await readFile(new URL("../../fixtures/resample.json", import.meta.url), "utf8"),
) as {
  readonly area: readonly Case[]
}

const side = fc.integer({ min: 1, max: 12 })
const image = fc.tuple(side, side).chain(([rows, columns]) =>
  fc.tuple(
    fc.constant(rows),
    fc.constant(columns),
    fc.float32Array({
      minLength: rows * columns,
      maxLength: rows * columns,
      min: -100,
      max: 100,
      noNaN: true,
    }),
  ),
)

describe("areaAverage", () => {
  it("weighs each pixel by its overlap", () => {
    // Three pixels to two: each target covers one and a half, (1 * 1 + 0.5 * 4) / 1.5 and (0.5 * 4 + 1 * 7) / 1.5.
    expect([...areaAverage(Float32Array.of(1, 4, 7), 1, 3, 1, 2)]).toEqual([2, 6])
  })

  it("is the mean of a block for a whole ratio", () => {
    expect([...areaAverage(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 9), 2, 4, 1, 2)]).toEqual([3.5, 5.75])
  })

  it.each(fixture.area)("agrees with numpy: $name", ({ from, to, image, result }) => {
    const ours = areaAverage(Float32Array.from(image), ...from, ...to)
    for (const [i, value] of result.entries()) expect(ours[i]).toBeCloseTo(value, 6)
  })

  test.prop([image])("changes nothing at the same size", ([rows, columns, pixels]) => {
    expect(areaAverage(pixels, rows, columns, rows, columns).every((value, i) => value === pixels[i])).toBe(
      true,
    )
  })

  test.prop([
    side,
    side,
    side,
    side,
    fc.float({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }),
  ])("leaves a constant image exactly constant", (rows, columns, toRows, toColumns, value) => {
    const constant = new Float32Array(rows * columns).fill(value)
    expect(areaAverage(constant, rows, columns, toRows, toColumns).every((pixel) => pixel === value)).toBe(
      true,
    )
  })

  test.prop([image, side, side])("keeps the mean", ([rows, columns, pixels], toRows, toColumns) => {
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(areaAverage(pixels, rows, columns, toRows, toColumns))).toBeCloseTo(mean(pixels), 3)
  })
})

describe("areaMajority", () => {
  it("is 1 from exactly one half on", () => {
    expect([...areaMajority(Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0), 2, 4, 1, 2)]).toEqual([1, 0])
  })

  it("is 1 at one half also where the shares are no round numbers", () => {
    // Target pixels of 3.5 source pixels; the first covers 1.75 of them inside: 7 x 2 pixels, halves by rows.
    const mask = Uint8Array.from([...Array(7).fill(1), ...Array(7).fill(0)])
    expect([...areaMajority(mask, 2, 7, 1, 2)]).toEqual([1, 1])
  })

  test.prop([image, side, side])(
    "turns around with the mask, but for ties",
    ([rows, columns, pixels], toRows, toColumns) => {
      const mask = Uint8Array.from(pixels, (value) => (value > 0 ? 1 : 0))
      const share = areaAverage(new Float32Array(mask), rows, columns, toRows, toColumns)
      const inside = areaMajority(mask, rows, columns, toRows, toColumns)
      const outside = areaMajority(
        mask.map((value) => 1 - value),
        rows,
        columns,
        toRows,
        toColumns,
      )
      expect(inside.every((value, i) => share[i] === 0.5 || value === 1 - outside[i]!)).toBe(true)
    },
  )
})
