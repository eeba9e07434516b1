import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { Geometry } from "../../../src/data/dataset/dataset.ts"
import { fitOf, type Training } from "../../../src/data/dataset/fit.ts"
import { areaAverage, areaMajority } from "../../../src/data/dataset/resample.ts"
import { upsampleBilinear } from "../../../src/data/dataset/upsample.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { refusal } from "../support/refusal.ts"

const slice = (
  rows: number,
  columns: number,
  [row, column]: readonly [number, number] = [1, 1],
): Geometry => {
  const spacingMm = [column, row, 1] as const
  return { shape: [columns, rows, 1], spacingMm, affine: spacingAffine(spacingMm) }
}
const training = (rows: number, columns: number, spacingMm?: readonly [number, number]): Training => ({
  rows,
  columns,
  resize: spacingMm === undefined ? { kind: "size" } : { kind: "spacing", spacingMm },
})
const side = fc.integer({ min: 1, max: 20 })
const spacing = fc
  .tuple(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 5, max: 20 }))
  .map(([row, column]) => [row / 10, column / 10] as const)

describe("fitOf, by size", () => {
  test.prop([side, side, side, side])(
    "is averaging there and bilinear interpolation back",
    (r, c, rows, columns) => {
      const image = Float32Array.from({ length: r * c }, (_, i) => (i * 7) % 13)
      const mask = Uint8Array.from(image, (value) => +(value > 6))
      const fit = fitOf(training(rows, columns), slice(r, c))
      expect(fit.image(image)).toEqual(areaAverage(image, r, c, rows, columns))
      expect(fit.mask(mask)).toEqual(areaMajority(mask, r, c, rows, columns))
      const trained = fit.image(image)
      expect(fit.native(trained)).toEqual(upsampleBilinear(trained, rows, columns, r, c))
      expect(fit.uncrop(trained)).toBe(trained)
      expect(fit.cropped(mask)).toBe(0)
    },
  )
})

describe("fitOf, by spacing", () => {
  it("crops about the centre, the odd pixel at the end", () => {
    const fit = fitOf(training(2, 2, [1, 1]), slice(3, 4))
    const image = Float32Array.from({ length: 12 }, (_, i) => i)
    expect([...fit.image(image)]).toEqual([1, 2, 5, 6])
    expect([...fit.uncrop(fit.image(image))]).toEqual([0, 1, 2, 0, 0, 5, 6, 0, 0, 0, 0, 0])
    expect(fit.native(fit.image(image))).toEqual(fit.uncrop(fit.image(image)))
  })

  it("pads about the centre with 0, the odd pixel at the start, in images and in masks", () => {
    const fit = fitOf(training(2, 4, [1, 1]), slice(1, 2))
    expect([...fit.image(Float32Array.of(5, 6))]).toEqual([0, 0, 0, 0, 0, 5, 6, 0])
    expect([...fit.mask(Uint8Array.of(1, 1))]).toEqual([0, 0, 0, 0, 0, 1, 1, 0])
    expect([...fit.native(Float32Array.of(9, 9, 9, 9, 9, 5, 6, 9))]).toEqual([5, 6])
  })

  it("crops one axis and pads the other, after resampling each by its own spacing", () => {
    // 2 x 8 pixels of 1 x 0.5 mm at 0.5 x 1 mm are 4 x 4, of which 6 x 2 are shown.
    const fit = fitOf(training(6, 2, [0.5, 1]), slice(2, 8, [1, 0.5]))
    expect(fit.canvas).toEqual({ rows: 4, columns: 4 })
    const image = Float32Array.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8)
    expect([...fit.image(image)]).toEqual([0, 0, 2, 3, 2, 3, 6, 7, 6, 7, 0, 0])
  })

  it("counts the pixels of a mask whose centres are cropped away", () => {
    const fit = fitOf(training(2, 2, [1, 1]), slice(4, 4))
    expect(fit.cropped(new Uint8Array(16).fill(1))).toBe(12)
    expect(fit.cropped(Uint8Array.from({ length: 16 }, (_, i) => +[5, 6, 9, 10].includes(i)))).toBe(0)
  })

  test.prop([side, side, side, side, spacing, spacing])(
    "keeps a constant image constant where the slice reaches, and puts nothing where it does not",
    (r, c, rows, columns, from, to) => {
      const geometry = slice(r, c, from)
      const fit = fitOf(training(rows, columns, to), geometry)
      const trained = fit.image(new Float32Array(r * c).fill(3))
      const covered = Math.min(rows, fit.canvas.rows) * Math.min(columns, fit.canvas.columns)
      expect(trained.filter((value) => value === 3)).toHaveLength(covered)
      expect(trained.filter((value) => value === 0)).toHaveLength(rows * columns - covered)
      if (rows >= fit.canvas.rows && columns >= fit.canvas.columns)
        expect(fit.native(trained)).toEqual(new Float32Array(r * c).fill(3))
    },
  )

  test.prop([
    fc.integer({ min: 24, max: 40 }),
    fc.integer({ min: 24, max: 40 }),
    spacing,
    fc.integer({ min: 10, max: 14 }),
    fc.integer({ min: 10, max: 14 }),
  ])("brings a blob back to within a pixel of either grid", (r, c, from, row, column) => {
    const to = [1.1, 0.9] as const
    const geometry = slice(r, c, from)
    const radius = 7
    const distance = (i: number) => Math.hypot(Math.floor(i / c) - row, (i % c) - column)
    const blob = Uint8Array.from({ length: r * c }, (_, i) => +(distance(i) <= radius))
    const fit = fitOf(training(96, 96, to), geometry)
    const back = fit.native(Float32Array.from(fit.mask(blob)))
    // A pixel of the coarser grid, measured in native ones, on the slanted border of a disc.
    const slack = Math.SQRT2 * Math.max(1, to[0] / from[0], to[1] / from[1])
    for (let i = 0; i < back.length; i++) {
      if (distance(i) < radius - slack) expect(back[i]).toBeGreaterThanOrEqual(0.5)
      if (distance(i) > radius + slack) expect(back[i]).toBeLessThan(0.5)
    }
  })

  it("refuses a spacing that would make slices too large to hold, before making any", async () => {
    const { kind, problems } = await refusal(() => fitOf(training(8, 8, [1e-6, 1]), slice(100, 100)))
    expect(kind).toBe("data")
    expect(problems).toMatchObject([
      { path: "load.resize.spacingMm", found: expect.stringContaining("100000000 x 100") },
    ])
  })
})
