import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { parseHeader } from "../../../src/data/nifti/header.ts"
import { quaternionToAffine, spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { refusal } from "../support/refusal.ts"
import { type Fields, niftiBytes } from "./niftiBytes.ts"

const geometryOf = (fields: Partial<Fields>) => parseHeader(niftiBytes(fields), "a.nii").geometry
const problemsOf = async (fields: Partial<Fields>) => {
  const { kind, problems } = await refusal(() => geometryOf(fields))
  expect(kind).toBe("data")
  return problems
}

/** pixdim of three spacings, and of one handedness. */
const pixdim = (x: number, y: number, z: number, handedness = 1) => [handedness, x, y, z, 0, 0, 0, 0]
const sform = (...rows: readonly (readonly number[])[]) => ({ sformCode: 1, sform: rows })
const straight = sform([1, 0, 0, 5], [0, 2, 0, 6], [0, 0, 3, 7])

const rewrite = "export the file again: its header is damaged, or was written by a faulty program"

describe("the spacing", () => {
  it.each([
    ["nothing is said of", 0, 1],
    ["metres", 1, 1000],
    ["millimetres", 2, 1],
    ["microns", 3, 0.001],
  ])("is in millimetres when the unit is %s, and so is the affine with its origin", (_, units, factor) => {
    const inMm = (values: readonly number[]) => values.map((value) => value * factor)
    expect(geometryOf({ units }).spacingMm).toEqual(inMm([1, 2, 3]))
    const shifted = geometryOf({ units, ...straight })
    expect(shifted.spacingMm).toEqual(inMm([1, 2, 3]))
    expect(shifted.affine).toEqual([inMm([1, 0, 0, 5]), inMm([0, 2, 0, 6]), inMm([0, 0, 3, 7]), [0, 0, 0, 1]])
    const qform = geometryOf({ units, qformCode: 1, quaternionOffset: [5, 6, 7] })
    expect(qform.affine.map((row) => row[3])).toEqual([...inMm([5, 6, 7]), 1])
    for (const [axis, step] of inMm([1, 2, 3]).entries())
      expect(qform.affine[axis]![axis]).toBeCloseTo(step, 9)
  })

  it("does not look at the unit of time", () => {
    expect(geometryOf({ units: 3 + 8 }).spacingMm).toEqual([0.001, 0.002, 0.003])
  })

  it("refuses a unit of length that is none", async () => {
    for (const units of [4, 5, 6, 7, 8 + 4])
      expect(await problemsOf({ units })).toEqual([
        {
          message: "the unit of length is not one of NIfTI's",
          file: "a.nii",
          path: "xyzt_units",
          expected: "0 (unknown), 1 (m), 2 (mm) or 3 (micron)",
          found: String(units & 7),
          fix: rewrite,
        },
      ])
  })

  it("refuses one that is no length along any axis", async () => {
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      for (const axis of [0, 1, 2]) {
        const steps = [1, 2, 3].with(axis, wrong) as [number, number, number]
        expect(await problemsOf({ pixdim: pixdim(...steps) })).toEqual([
          {
            message: "the spacing of the voxels is not a length",
            file: "a.nii",
            path: "pixdim",
            expected: "positive and finite",
            found: steps.join(", "),
            fix: "set the true spacing with nibabel: image.header.set_zooms(...), then save",
          },
        ])
      }
  })

  it("is, along the third axis of a 2-D image, the sform's, else pixdim's if it is one, else 1", () => {
    const flat = { dim: [2, 4, 3, 1, 1, 1, 1, 1] }
    const thickness = (fields: Partial<Fields>) => geometryOf({ ...flat, ...fields }).spacingMm[2]
    expect(thickness({ pixdim: pixdim(1, 2, 0) })).toBe(1)
    expect(thickness({ pixdim: pixdim(1, 2, -4) })).toBe(1)
    expect(thickness({ pixdim: pixdim(1, 2, Number.NaN) })).toBe(1)
    expect(thickness({ pixdim: pixdim(1, 2, Number.POSITIVE_INFINITY) })).toBe(1)
    expect(thickness({ pixdim: pixdim(1, 2, 5) })).toBe(5)
    expect(thickness({ pixdim: pixdim(1, 2, 0.5) })).toBe(0.5)
    // The sform's third column is 0, 3 and 4 long along x, y and z: 5 mm.
    const slanted = sform([0, 2, 0, 0], [0.8, 0, 3, 0], [-0.6, 0, 4, 0])
    expect(thickness({ ...slanted, pixdim: pixdim(1, 2, 9) })).toBe(5)
    expect(thickness({ ...slanted, sformCode: 0, pixdim: pixdim(1, 2, 9) })).toBe(9)
  })

  it("is what pixdim says of every slice of a volume, be there one", async () => {
    const single = { dim: [3, 4, 3, 1, 1, 1, 1, 1] }
    expect(geometryOf({ ...single, pixdim: pixdim(1, 2, 9) }).spacingMm).toEqual([1, 2, 9])
    expect(await problemsOf({ ...single, pixdim: pixdim(1, 2, 0) })).toMatchObject([{ path: "pixdim" }])
  })
})

describe("the affine", () => {
  const turn = { quaternion: [0, 0, Math.SQRT1_2], quaternionOffset: [1, 2, 3] }

  it("is the sform's, else the qform's, else the spacing alone with the first voxel at the origin", () => {
    expect(geometryOf({}).affine).toEqual(spacingAffine([1, 2, 3]))
    expect(geometryOf({ ...straight, sformCode: 0 }).affine).toEqual(spacingAffine([1, 2, 3]))
    // A quarter turn about z takes x to y, and y to -x.
    const expected = [
      [0, -2, 0, 1],
      [1, 0, 0, 2],
      [0, 0, 3, 3],
      [0, 0, 0, 1],
    ]
    for (const fields of [
      { ...turn, qformCode: 1 },
      { ...turn, qformCode: 2, ...straight, sformCode: 0 },
    ])
      for (const [r, row] of geometryOf(fields).affine.entries())
        for (const [c, value] of row.entries()) expect(value).toBeCloseTo(expected[r]![c]!, 6)
    expect(geometryOf({ ...turn, qformCode: 0, ...straight }).affine.slice(0, 3)).toEqual(straight.sform)
  })

  it("mirrors the qform's third axis when pixdim[0] is -1, and for no other number", () => {
    const third = (sign: number) => geometryOf({ qformCode: 1, pixdim: pixdim(1, 2, 3, sign) }).affine[2]![2]
    expect([-1, 0, 1, -2].map(third)).toEqual([-3, 3, 3, 3])
  })

  const component = fc.integer({ min: -9, max: 9 })
  test.prop([
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), component, component, component)
      .filter((q) => q.some((x) => x !== 0)),
    fc.constantFrom<1 | -1>(1, -1),
    fc.tuple(component, component, component),
  ])(
    "reads the same grid from an sform and from a qform that say the same",
    ([a, b, c, d], handedness, offset) => {
      const length = Math.hypot(a, b, c, d)
      const bcd = [b / length, c / length, d / length] as const
      const affine = quaternionToAffine({ bcd, offsetMm: offset, handedness }, [1, 2, 3])
      const fields = { pixdim: pixdim(1, 2, 3, handedness), quaternion: bcd, quaternionOffset: offset }
      const bySform = { ...fields, sform: affine.slice(0, 3), sformCode: 1 }
      const both = geometryOf({ ...bySform, qformCode: 1 }).affine
      const qform = geometryOf({ ...fields, qformCode: 1 }).affine
      for (const [r, row] of affine.entries())
        for (const [col, value] of row.entries()) {
          expect(both[r]![col]).toBe(Math.fround(value))
          expect(Math.abs(qform[r]![col]! - value)).toBeLessThan(0.005)
        }
    },
  )

  it("refuses a quaternion that is longer than one, unless nothing uses it", async () => {
    const long = { quaternion: [0.6, 0.8, 0.1], qformCode: 1 }
    expect(await problemsOf({ ...long, version: 2 })).toEqual([
      {
        message: "the quaternion is not a rotation",
        file: "a.nii",
        path: "quatern_b, quatern_c, quatern_d",
        expected: "a length of at most 1",
        found: "0.6, 0.8, 0.1",
        fix: rewrite,
      },
    ])
    expect(geometryOf({ ...long, qformCode: 0 }).affine).toEqual(spacingAffine([1, 2, 3]))
    // 1.0009 is rounding, 1.0011 is not.
    expect(geometryOf({ quaternion: [1.0009, 0, 0], qformCode: 1 }).affine[0]![0]).toBeCloseTo(1, 6)
    expect(await problemsOf({ quaternion: [1.0011, 0, 0], qformCode: 1 })).toHaveLength(1)
    expect(await problemsOf({ quaternion: [Number.NaN, 0, 0], qformCode: 1 })).toHaveLength(1)
  })

  it("refuses axes that are not independent, and numbers that are not finite, by the form that is used", async () => {
    const words = {
      message: "the affine does not place the voxels in space",
      file: "a.nii",
      expected: "finite numbers, three independent axes",
      fix: rewrite,
    }
    expect(await problemsOf(sform([1, 0, 1, 5], [0, 2, 0, 6], [1, 0, 1, 7]))).toEqual([
      {
        ...words,
        path: "srow_x, srow_y, srow_z",
        found: "[[1, 0, 1, 5], [0, 2, 0, 6], [1, 0, 1, 7], [0, 0, 0, 1]]",
      },
    ])
    expect(await problemsOf(sform([1, 0, 0, Number.NaN], [0, 2, 0, 6], [0, 0, 3, 7]))).toMatchObject([words])
    expect(
      await problemsOf({ qformCode: 1, quaternionOffset: [0, Number.POSITIVE_INFINITY, 0] }),
    ).toMatchObject([{ ...words, path: "quatern_b, quatern_c, quatern_d" }])
  })

  it("refuses an sform whose steps are not pixdim's by more than a thousandth, along any axis", async () => {
    for (const axis of [0, 1, 2]) {
      const scaled = (factor: number) =>
        sform(...straight.sform.map((row, r) => (r === axis ? row.map((v) => v * factor) : row)))
      for (const factor of [1.0009, 0.9991]) expect(geometryOf(scaled(factor)).spacingMm).toEqual([1, 2, 3])
      for (const factor of [1.0011, 0.9989])
        expect(await problemsOf(scaled(factor))).toMatchObject([{ path: "pixdim; srow_x, srow_y, srow_z" }])
    }
    expect(await problemsOf(sform([1.5, 0, 0, 0], [0, 2, 0, 0], [0, 0, 3.1234567, 0]))).toEqual([
      {
        message: "pixdim and sform disagree about the spacing, so no distance in mm can be trusted",
        file: "a.nii",
        path: "pixdim; srow_x, srow_y, srow_z",
        expected: "1, 2, 3 mm (pixdim)",
        found: "1.5, 2, 3.12346 mm (sform)",
        fix: "save again with nibabel: nibabel.Nifti1Image(array, the true affine)",
      },
    ])
  })

  it("refuses an sform and a qform of one space that contradict each other, and takes those of two", async () => {
    const scanner = { qformCode: 1, quaternionOffset: [5, 6, 7], ...straight }
    expect(geometryOf(scanner).affine[0]).toEqual([1, 0, 0, 5])
    const moved = { ...scanner, quaternionOffset: [5, 6, 8] }
    expect(await problemsOf(moved)).toEqual([
      {
        message: "sform and qform claim the same space and contradict each other",
        file: "a.nii",
        path: "sform_code, qform_code",
        expected: "[[1, 0, 0, 5], [0, 2, 0, 6], [0, 0, 3, 7], [0, 0, 0, 1]] (sform)",
        found: "[[1, 0, 0, 5], [0, 2, 0, 6], [0, 0, 3, 8], [0, 0, 0, 1]] (qform)",
        fix: "find out which is right and set both with nibabel: image.set_sform(affine, 1); image.set_qform(affine, 1)",
      },
    ])
    // A scanner's qform beside a template's sform is another space.
    expect(geometryOf({ ...moved, sformCode: 4 }).affine.slice(0, 3)).toEqual(straight.sform)
    expect(geometryOf({ ...moved, qformCode: 0 }).affine.slice(0, 3)).toEqual(straight.sform)
  })

  it("takes a hundredth of the spacing for what a quaternion loses, and of the largest one for the origin", async () => {
    const at = (x: number) => ({ qformCode: 1, ...straight, quaternionOffset: [x, 6, 7] })
    expect(geometryOf(at(5.029)).affine[0]![3]).toBe(5)
    expect(await problemsOf(at(5.031))).toHaveLength(1)
    // Turned about z by an angle: 2 sin(angle) off in y along x is at most 0.01 x 2 mm and 0.01 x 1 mm along x.
    const turned = (sine: number) => ({
      qformCode: 1,
      ...sform([1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 3, 0]),
      quaternion: [0, 0, sine / 2],
    })
    expect(geometryOf(turned(0.009)).spacingMm).toEqual([1, 2, 3])
    expect(await problemsOf(turned(0.011))).toHaveLength(1)
    // The smallest spacing is the third axis's own, whatever the others are.
    const leaning = (x: number) => ({
      ...sform([3, 0, x, 0], [0, 2, 0, 0], [0, 0, 1, 0]),
      pixdim: pixdim(3, 2, 1),
      qformCode: 1,
    })
    expect(geometryOf(leaning(0.009)).spacingMm).toEqual([3, 2, 1])
    expect(await problemsOf(leaning(0.011))).toHaveLength(1)
  })
})
