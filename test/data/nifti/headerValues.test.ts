import { describe, expect, it } from "vitest"
import { file, parse, problemsOf, rewrite } from "./parsedHeader.ts"

describe("the datatype", () => {
  it.each([
    [2, "uint8", 8, Uint8Array, Float32Array],
    [4, "int16", 16, Int16Array, Float32Array],
    [8, "int32", 32, Int32Array, Float64Array],
    [16, "float32", 32, Float32Array, Float32Array],
    [64, "float64", 64, Float64Array, Float64Array],
    [256, "int8", 8, Int8Array, Float32Array],
    [512, "uint16", 16, Uint16Array, Float32Array],
    [768, "uint32", 32, Uint32Array, Float64Array],
    [1024, "int64", 64, Float64Array, Float64Array],
    [1280, "uint64", 64, Float64Array, Float64Array],
  ] as const)(
    "%i is %s: kept exactly, and after scaling in no less than it needs",
    async (datatype, name, bitpix, plain, scaled) => {
      const header = parse({ datatype, bitpix })
      expect(header.datatype).toMatchObject({ name, bytes: bitpix / 8, isFloat: name.startsWith("float") })
      expect(header.voxelBytes).toBe((24 * bitpix) / 8)
      expect([header.Voxels, parse({ datatype, bitpix, slope: 2 }).Voxels]).toEqual([plain, scaled])
      expect(await problemsOf({ datatype, bitpix: bitpix + 8 })).toEqual([
        {
          message: "bitpix contradicts the datatype",
          file,
          path: "bitpix",
          expected: `${bitpix} (${name})`,
          found: String(bitpix + 8),
          fix: rewrite,
        },
      ])
    },
  )

  const known = "uint8, int16, int32, float32, float64, int8, uint16, uint32, int64, uint64"

  it.each([
    [1, "binary (1 bit)"],
    [32, "complex64"],
    [128, "RGB24"],
    [1536, "float128"],
    [1792, "complex128"],
    [2048, "complex256"],
    [2304, "RGBA32"],
  ])("%i is refused by its name, %s", async (datatype, name) => {
    expect(await problemsOf({ datatype })).toEqual([
      {
        message: `the datatype ${name} is not supported`,
        file,
        path: "datatype",
        expected: known,
        found: `${datatype} (${name})`,
        fix: "convert it with nibabel, to one number per voxel: nibabel.Nifti1Image(array.astype('float32'), image.affine)",
      },
    ])
  })

  it("refuses a code that NIfTI does not have", async () => {
    expect(await problemsOf({ datatype: 3 })).toEqual([
      {
        message: "the datatype is not one of NIfTI's",
        file,
        path: "datatype",
        expected: known,
        found: "3",
        fix: rewrite,
      },
    ])
  })
})

describe("the scaling", () => {
  const scaling = (slope: number, intercept: number) => parse({ slope, intercept }).scaling

  it("is none for a slope of 0, for both NaN, for NaN and 0, and for 1 and 0", () => {
    for (const [slope, intercept] of [
      [0, 5],
      [0, Number.NaN],
      [Number.NaN, Number.NaN],
      [Number.NaN, 0],
      [1, 0],
    ] as const)
      expect(scaling(slope, intercept)).toBeNull()
  })

  it("is what slope and intercept say otherwise", () => {
    for (const [slope, intercept] of [
      [2, 0],
      [1, 5],
      [-0.5, -3],
    ] as const)
      expect(scaling(slope, intercept)).toEqual({ slope, intercept })
  })

  it("refuses numbers that are not finite", async () => {
    for (const [slope, intercept] of [
      [Number.NaN, 5],
      [2, Number.NaN],
      [1, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, 0],
    ] as const)
      expect(await problemsOf({ slope, intercept })).toEqual([
        {
          message: "scl_slope and scl_inter do not say how to scale",
          file,
          path: "scl_slope, scl_inter",
          expected: "both finite, or slope 0, or both NaN (no scaling)",
          found: `${slope}, ${intercept}`,
          fix: rewrite,
        },
      ])
  })
})
