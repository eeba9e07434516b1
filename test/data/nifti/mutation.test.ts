import { gunzipSync, gzipSync } from "node:zlib"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { writeNifti } from "../../../src/data/nifti/writeNifti.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { changed, good, useFiles } from "./goodFile.ts"

const { saved } = useFiles()

describe("readNifti accepts", () => {
  it.each([
    ["slope 0", 0, 5],
    ["both NaN", Number.NaN, Number.NaN],
    ["slope 1", 1, 0],
  ])("%s as no scaling", async (_, slope, intercept) => {
    const bytes = changed((view) => {
      view.setFloat32(112, slope, true)
      view.setFloat32(116, intercept, true)
    })
    expect([...(await readNifti(await saved(bytes))).voxels]).toEqual(Array.from({ length: 24 }, (_, i) => i))
  })

  it.each([
    ["microns", 3, [0.001, 0.002, 0.003]],
    ["metres", 1, [1000, 2000, 3000]],
  ] as const)("%s, turned into millimetres", async (_, unit, expected) => {
    const bytes = changed((view) => view.setUint8(123, unit))
    const { spacingMm, affine } = (await readNifti(await saved(bytes))).geometry
    expect(spacingMm).toEqual(expected)
    expect(affine).toEqual(spacingAffine(expected))
  })

  it("several joined compressed parts that make up one file", async () => {
    const parts = Buffer.concat([gzipSync(good.subarray(0, 300)), gzipSync(good.subarray(300))])
    expect((await readNifti(await saved(parts, ".nii.gz"))).voxels).toHaveLength(24)
  })
})

describe("readNifti under mutation", () => {
  const mutation = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  const attempt = async (bytes: Uint8Array, extension: string) => {
    const path = await saved(bytes, extension)
    const outcome = await readNifti(path).catch((error: unknown) => error)
    if (outcome instanceof Failure) expect(outcome.kind).toBe("data")
    else {
      expect(outcome).toHaveProperty("voxels")
      const { voxels } = outcome as { voxels: Float64Array }
      // What came out is finite and no larger than what the file can hold.
      expect(voxels.every(Number.isFinite)).toBe(true)
      expect(voxels.length).toBeLessThanOrEqual(good.length)
    }
  }

  test.prop([mutation, fc.boolean()])("ends in a volume or a Failure", async (changes, compressed) => {
    const bytes = good.slice()
    for (const [at, value] of changes) bytes[at] = value
    await attempt(compressed ? gzipSync(bytes) : bytes, compressed ? ".nii.gz" : ".nii")
  })

  const packed = writeNifti(
    {
      geometry: { shape: [2, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) },
      datatype: "uint8",
      voxels: new Uint8Array(8),
    },
    { gzip: true },
  )
  test.prop([fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 })])(
    "never takes a damaged compressed file for another volume",
    async (at, flip) => {
      const bytes = packed.slice()
      bytes[at]! ^= flip
      const outcome = await readNifti(await saved(bytes, ".nii.gz")).catch((error: unknown) => error)
      // The gzip header has bytes that mean nothing (time, operating system); all others are noticed.
      if (!(outcome instanceof Failure)) expect(gunzipSync(bytes)).toEqual(gunzipSync(packed))
    },
  )
})
