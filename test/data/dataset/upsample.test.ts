import { readFile } from "node:fs/promises"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { upsampleBilinear, upsampleMask } from "../../../src/data/dataset/upsample.ts"

interface Case {
  readonly name: string
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly image: readonly number[]
  readonly result: readonly number[]
}

const fixture = JSON.parse(
  await readFile(new URL("../../fixtures/resample.json", import.meta.url), "utf8"),
) as { readonly bilinear: readonly Case[] }

const side = fc.integer({ min: 1, max: 24 })

/** Of an image in [0, 1], sixteenths as often as not, so that many lie on a threshold or on both sides of it. */
const image = fc.tuple(side, side).chain(([rows, columns]) =>
  fc.tuple(
    fc.constant(rows),
    fc.constant(columns),
    fc
      .array(
        fc.oneof(
          fc.constantFrom(0, 1),
          fc.integer({ min: 0, max: 16 }).map((n) => n / 16),
          fc.integer({ min: 0, max: 2 ** 24 }).map((n) => n / 2 ** 24),
        ),
        { minLength: rows * columns, maxLength: rows * columns },
      )
      .map((values) => Float32Array.from(values)),
  ),
)

describe("upsampleBilinear", () => {
  it("interpolates between pixel centres and repeats the border", () => {
    expect([...upsampleBilinear(Float32Array.of(0, 1), 1, 2, 1, 4)]).toEqual([0, 0.25, 0.75, 1])
  })

  it.each(fixture.bilinear)("agrees with PyTorch: $name", ({ from, to, image, result }) => {
    const ours = upsampleBilinear(Float32Array.from(image), ...from, ...to)
    for (const [i, value] of result.entries()) expect(ours[i]).toBeCloseTo(value, 6)
  })

  test.prop([image, side, side])(
    "stays within the range of the image",
    ([rows, columns, pixels], toRows, toColumns) => {
      const result = upsampleBilinear(pixels, rows, columns, toRows, toColumns)
      const low = Math.min(...pixels)
      const high = Math.max(...pixels)
      expect(result.every((value) => value >= low && value <= high)).toBe(true)
    },
  )
})

describe("upsampleMask", () => {
  const maskOf = (...[pixels, rows, columns, toRows, toColumns, threshold]: MaskArguments) => {
    const mask = new Uint8Array(toRows * toColumns)
    upsampleMask(pixels, rows, columns, toRows, toColumns, threshold, mask)
    return mask
  }
  type MaskArguments = [
    pixels: Float32Array,
    ...sizes: [rows: number, columns: number, toRows: number, toColumns: number],
    threshold: number,
  ]

  it("marks what reaches the threshold", () => {
    // Interpolated: 0, 0.25, 0.75, 1
    expect([...maskOf(Float32Array.of(0, 1), 1, 2, 1, 4, 0.75)]).toEqual([0, 0, 1, 1])
  })

  test.prop([
    image,
    side,
    side,
    fc.oneof(
      fc.constantFrom(0, 0.5, 1),
      fc.integer({ min: 1, max: 999 }).map((n) => n / 1000),
    ),
  ])(
    "marks exactly the pixels where the interpolated image reaches the threshold",
    ([rows, columns, pixels], toRows, toColumns, threshold) => {
      const whole = upsampleBilinear(pixels, rows, columns, toRows, toColumns)
      expect(maskOf(pixels, rows, columns, toRows, toColumns, threshold)).toEqual(
        Uint8Array.from(whole, (value) => +(value >= threshold)),
      )
    },
  )

  test.prop([
    fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom(0, 0.01, -0.01),
    side,
    side,
  ])(
    "is the same for values a rounding away from the threshold",
    (threshold, off, apart, toRows, toColumns) => {
      const bits = new Float32Array([threshold])
      new Int32Array(bits.buffer)[0]! += bits[0]! > 1e-3 ? off : 0
      const pixels = new Float32Array(9).map((_, i) => (i % 2 === 0 ? bits[0]! : threshold + apart))
      const whole = upsampleBilinear(pixels, 3, 3, toRows, toColumns)
      expect(maskOf(pixels, 3, 3, toRows, toColumns, threshold)).toEqual(
        Uint8Array.from(whole, (value) => +(value >= threshold)),
      )
    },
  )
})
