import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { quaternionToAffine, spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { type WritableVolume, writeNifti, writeNiftiFile } from "../../../src/data/nifti/writeNifti.ts"
import { emptyFolder } from "../support/refusal.ts"

const small: WritableVolume = {
  geometry: { shape: [2, 1, 1], spacingMm: [1, 2, 3], affine: spacingAffine([1, 2, 3]) },
  datatype: "int16",
  voxels: Int16Array.of(-1, 256),
}

describe("writeNifti", () => {
  it("writes 352 bytes of header, then the voxels, little-endian", () => {
    const bytes = writeNifti(small)
    expect(bytes.length).toBe(352 + 4)
    expect([...bytes.subarray(0, 4)]).toEqual([0x5c, 1, 0, 0])
    expect([...bytes.subarray(344, 356)]).toEqual([0x6e, 0x2b, 0x31, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 1])
  })

  it("says nothing in text, and names no machine, time or file in the gzip header", () => {
    const bytes = writeNifti(small)
    for (const [start, length] of [
      [4, 28], // data_type, db_name
      [148, 104], // descrip, aux_file
      [328, 16], // intent_name
    ] as const)
      expect(bytes.subarray(start, start + length).every((byte) => byte === 0)).toBe(true)
    expect([...writeNifti(small, { gzip: true }).subarray(0, 10)]).toEqual([
      0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255,
    ])
  })

  it("refuses voxels that do not follow the shape", () => {
    expect(() => writeNifti({ ...small, voxels: new Int16Array(3) } as WritableVolume)).toThrow(
      "3 voxels for the shape 2 x 1 x 1 (2)",
    )
  })

  const half = fc.double({ min: -0.5, max: 0.5, noNaN: true })
  const step = fc.double({ min: 0.01, max: 10, noNaN: true })
  test.prop([
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })),
    fc.tuple(half, half, half),
    fc.tuple(step, step, step),
    fc.constantFrom<1 | -1>(1, -1),
    fc.constantFrom("uint8" as const, "int16" as const, "float32" as const),
    fc.constantFrom(".nii", ".nii.gz"),
  ])("comes back from the file", async (shape, bcd, spacingMm, handedness, datatype, extension) => {
    const affine = quaternionToAffine({ bcd, offsetMm: [-7, 8, 9], handedness }, spacingMm)
    const count = shape[0] * shape[1] * shape[2]
    const types = { uint8: Uint8Array, int16: Int16Array, float32: Float32Array }
    const voxels = new types[datatype](count).map((_: number, i: number) => i * 3 + 0.5)
    const path = join(await emptyFolder(), `volume${extension}`)
    await writeNiftiFile(path, { geometry: { shape, spacingMm, affine }, datatype, voxels } as WritableVolume)
    const volume = await readNifti(path)
    expect(volume).toMatchObject({ shape, datatype, voxels })
    expect(volume.geometry).toEqual({
      shape,
      spacingMm: spacingMm.map(Math.fround),
      affine: affine.map((row) => row.map(Math.fround)),
    })
  })
})

describe("writeNiftiFile", () => {
  it("writes what writeNifti makes, compressed when the name says so", async () => {
    const folder = await emptyFolder()
    const shape = [60, 50, 40] as const
    const volume: WritableVolume = {
      geometry: { ...small.geometry, shape },
      datatype: "uint8",
      voxels: Uint8Array.from({ length: 60 * 50 * 40 }, (_, i) => +(((i * i) >> 7) % 3 === 0)),
    }
    for (const name of ["mask.nii", "mask.nii.gz"]) {
      await writeNiftiFile(join(folder, name), volume)
      const bytes = await readFile(join(folder, name))
      expect(Buffer.from(writeNifti(volume, { gzip: name.endsWith(".gz") })).equals(bytes)).toBe(true)
    }
  })
})
