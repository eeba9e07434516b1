import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { layoutOf, longestHeader } from "../../../src/data/nifti/rawHeader.ts"
import { refusal } from "../support/refusal.ts"
import { niftiBytes } from "./niftiBytes.ts"

/** Exact in float32. */
const number = fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 64)
const several = (length: number) => fc.array(number, { minLength: length, maxLength: length })
const int16 = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 })
const fields = fc.record({
  version: fc.constantFrom<1 | 2>(1, 2),
  littleEndian: fc.boolean(),
  dim: fc.array(int16, { minLength: 8, maxLength: 8 }),
  pixdim: several(8),
  datatype: int16,
  bitpix: int16,
  voxelOffset: fc.integer({ min: 0, max: 2 ** 24 }),
  slope: number,
  intercept: number,
  units: fc.nat(255),
  qformCode: int16,
  sformCode: int16,
  quaternion: several(3),
  quaternionOffset: several(3),
  sform: fc.array(several(4), { minLength: 3, maxLength: 3 }),
})

describe("layoutOf", () => {
  test.prop([fields])("reads every field of both versions in both byte orders", (written) => {
    const { version, ...expected } = written
    expect(layoutOf(niftiBytes(written), "a.nii")).toEqual({
      ...expected,
      minVoxelOffset: version === 1 ? 352 : 544,
    })
  })

  it("reads what NIfTI-2 holds and NIfTI-1 could not", () => {
    const large = {
      version: 2,
      dim: [3, 2 ** 40, 1, 1, 1, 1, 1, 1],
      voxelOffset: 2 ** 35,
      slope: 0.1,
    } as const
    for (const littleEndian of [true, false])
      expect(layoutOf(niftiBytes({ ...large, littleEndian }), "a.nii")).toMatchObject({
        dim: large.dim,
        voxelOffset: 2 ** 35,
        slope: 0.1,
      })
  })

  it("reads a header that begins within a longer array, and that is no longer than it must be", () => {
    expect(longestHeader).toBe(540)
    for (const [version, size] of [
      [1, 348],
      [2, 540],
    ] as const) {
      const bytes = niftiBytes({ version })
      const padded = new Uint8Array([7, 7, 7, ...bytes]).subarray(3, 3 + size)
      expect(layoutOf(padded, "a.nii")).toEqual(layoutOf(bytes, "a.nii"))
    }
  })

  const problem = {
    message: "the file is not a NIfTI volume",
    file: "a.nii",
    expected: "a NIfTI-1 or NIfTI-2 header",
  }
  const damaged = "check where the file comes from; a copy may have been cut short"
  const magicOf = (version: 1 | 2, text: string) => {
    const bytes = niftiBytes({ version })
    bytes.set(new TextEncoder().encode(text), version === 1 ? 344 : 4)
    return bytes
  }
  const joined = "join the pair into one file with nibabel: nibabel.save(nibabel.load('x.hdr'), 'x.nii.gz')"
  const converted =
    "if it is an ANALYZE file, convert it with nibabel: nibabel.save(nibabel.load('x.img'), 'x.nii.gz')"

  it.each([
    ["no bytes", new Uint8Array(0), "0 bytes", damaged],
    ["three bytes", niftiBytes().subarray(0, 3), "3 bytes", damaged],
    ["a size and nothing else", niftiBytes().subarray(0, 4), "4 bytes of a header of 348", damaged],
    ["a byte less than NIfTI-1", niftiBytes().subarray(0, 347), "347 bytes of a header of 348", damaged],
    [
      "a byte less than NIfTI-2",
      niftiBytes({ version: 2 }).subarray(0, 539),
      "539 bytes of a header of 540",
      damaged,
    ],
    ["another size", Uint8Array.of(0x5b, 1, 0, 0), "sizeof_hdr = 347", damaged],
    ["half of a pair", magicOf(1, "ni1\0"), "the header half of a .hdr/.img pair", joined],
    ["half of a pair, version 2", magicOf(2, "ni2\0"), "the header half of a .hdr/.img pair", joined],
    ["no magic word", magicOf(1, "\0\0\0\0"), 'magic "\\u0000\\u0000\\u0000\\u0000"', converted],
    ["the magic word of version 2", magicOf(1, "n+2\0"), 'magic "n+2\\u0000"', converted],
    ["the magic word of version 1", magicOf(2, "n+1\0"), 'magic "n+1\\u0000"', converted],
  ])("refuses %s", async (_, bytes, found, fix) => {
    const { kind, problems } = await refusal(() => layoutOf(bytes, "a.nii"))
    expect(kind).toBe("data")
    expect(problems).toEqual([{ ...problem, found, fix }])
  })
})
