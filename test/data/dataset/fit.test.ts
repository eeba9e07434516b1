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
    // Of three rows the last is cut, of five columns the first and the last two.
    const fit = fitOf(training(2, 2, [1, 1]), slice(3, 5))
    const image = Float32Array.from({ length: 15 }, (_, i) => i)
    expect([...fit.image(image)]).toEqual([1, 2, 6, 7])
    expect([...fit.uncrop(fit.image(image))]).toEqual([0, 1, 2, 0, 0, 0, 6, 7, 0, 0, 0, 0, 0, 0, 0])
    expect(fit.native(fit.image(image))).toEqual(fit.uncrop(fit.image(image)))
    expect([...fit.mask(Uint8Array.from(image, (value) => value % 2))]).toEqual([1, 0, 0, 1])
  })

  it("pads about the centre with 0, the odd pixel at the start, in images and in masks", () => {
    // One row at the start; of three columns two at the start and one at the end.
    const fit = fitOf(training(2, 5, [1, 1]), slice(1, 2))
    expect([...fit.image(Float32Array.of(5, 6))]).toEqual([0, 0, 0, 0, 0, 0, 0, 5, 6, 0])
    expect([...fit.mask(Uint8Array.of(1, 1))]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 0])
    expect([...fit.native(Float32Array.of(9, 9, 9, 9, 9, 9, 9, 5, 6, 9))]).toEqual([5, 6])
  })

  it("rounds to the nearest whole number of pixels, and to at least one", () => {
    const canvas = (rows: number, columns: number, from: [number, number]) =>
      fitOf(training(8, 8, [1, 1]), slice(rows, columns, from)).canvas
    expect(canvas(3, 3, [0.5, 0.8])).toEqual({ rows: 2, columns: 2 }) // 1.5, 2.4
    expect(canvas(7, 13, [0.2, 0.2])).toEqual({ rows: 1, columns: 3 }) // 1.4, 2.6
    expect(canvas(4, 5, [0.1, 0.05])).toEqual({ rows: 1, columns: 1 }) // 0.4, 0.25
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

  it("takes a pixel whose centre lies on the border for seen at the start and for cropped at the end", () => {
    // Three pixels of 2 mm are six of 1 mm, of which 1 to 4 are shown; the centres lie at 1, 3 and 5.
    const fit = fitOf(training(1, 4, [1, 1]), slice(1, 3, [1, 2]))
    expect(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ].map((mask) => fit.cropped(Uint8Array.from(mask))),
    ).toEqual([0, 0, 1])
  })

  it("refuses a spacing that would make slices too large to hold, before making any", async () => {
    const attempt = () => fitOf(training(8, 8, [1e-6, 1]), slice(100, 80, [2, 0.5]))
    const { kind, problems } = await refusal(attempt)
    expect(kind).toBe("data")
    expect(problems).toEqual([
      {
        message: "slices would be too large at the spacing of load.resize",
        path: "load.resize.spacingMm",
        expected: "at most 16384 pixels a side and 67108864 in all",
        found: "200000000 x 40 pixels, from 100 x 80 of 2 x 0.5 mm",
        fix: "resample to a coarser spacing, or correct the spacing in the files",
      },
    ])
  })

  it("takes slices of the longest side and of the most pixels, and none larger", async () => {
    const fitted = (rows: number, columns: number) => fitOf(training(8, 8, [1, 1]), slice(rows, columns))
    for (const [rows, columns] of [
      [16384, 4096],
      [4096, 16384],
      [8192, 8192],
    ] as const)
      expect(fitted(rows, columns).canvas).toEqual({ rows, columns })
    for (const [rows, columns] of [
      [16385, 1],
      [1, 16385],
      [16384, 4097],
      [8193, 8192],
    ] as const)
      expect((await refusal(() => fitted(rows, columns))).problems).toMatchObject([
        { found: `${rows} x ${columns} pixels, from ${rows} x ${columns} of 1 x 1 mm` },
      ])
  })

  const few = fc.integer({ min: 1, max: 6 })
  test.prop([few, few, few, few, few, few, fc.infiniteStream(fc.boolean())])(
    "counts the pixels of a mask that no pixel at the training size shows",
    (canvasRows, canvasColumns, down, across, rows, columns, draws) => {
      // Each pixel of the canvas is a block of whole native ones, so that what is seen is known.
      const [r, c] = [canvasRows * down, canvasColumns * across]
      const mask = Uint8Array.from({ length: r * c }, () => +draws.next().value!)
      const fit = fitOf(training(rows, columns, [down, across]), slice(r, c))
      const [top, left] = [Math.floor((canvasRows - rows) / 2), Math.floor((canvasColumns - columns) / 2)]
      const seen = (i: number) => {
        const [row, column] = [Math.floor(i / c / down) - top, Math.floor((i % c) / across) - left]
        return row >= 0 && row < rows && column >= 0 && column < columns
      }
      expect(fit.cropped(mask)).toBe(mask.filter((inside, i) => inside === 1 && !seen(i)).length)
    },
  )
})

describe("fitOf, back to native resolution", () => {
  const pixels = fc.tuple(side, side).chain(([r, c]) =>
    fc.record({
      r: fc.constant(r),
      c: fc.constant(c),
      image: fc.array(fc.integer({ min: 0, max: 64 }), { minLength: r * c, maxLength: r * c }),
    }),
  )

  test.prop([pixels, fc.nat(3), fc.nat(3), fc.boolean()])(
    "gives back every pixel where nothing is averaged or cropped",
    ({ r, c, image }, moreRows, moreColumns, bySize) => {
      const native = Float32Array.from(image, (value) => value / 64)
      const mask = Uint8Array.from(image, (value) => value % 2)
      const fit = bySize
        ? fitOf(training(r, c), slice(r, c))
        : fitOf(training(r + moreRows, c + moreColumns, [1, 1]), slice(r, c))
      expect(fit.native(fit.image(native))).toEqual(native)
      const marked = new Uint8Array(r * c)
      fit.markNative(Float32Array.from(fit.mask(mask)), 0.5, marked)
      expect(marked).toEqual(mask)
    },
  )

  test.prop([pixels, side, side, spacing, fc.boolean(), fc.integer({ min: 1, max: 63 })])(
    "marks where the interpolated probability reaches the threshold, and nothing that was cropped",
    ({ r, c, image }, rows, columns, to, bySize, level) => {
      const fit = fitOf(bySize ? training(rows, columns) : training(rows, columns, to), slice(r, c))
      const trained = Float32Array.from({ length: rows * columns }, (_, i) => image[i % image.length]! / 64)
      const marked = new Uint8Array(r * c)
      fit.markNative(trained, level / 64, marked)
      expect(marked).toEqual(Uint8Array.from(fit.native(trained), (value) => +(value >= level / 64)))
    },
  )
})
