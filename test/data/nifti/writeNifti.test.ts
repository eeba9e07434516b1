import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fc, test } from "@fast-check/vitest"
import { beforeAll, describe, expect, it } from "vitest"
import { determinant, quaternionToAffine, spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { layoutOf } from "../../../src/data/nifti/rawHeader.ts"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { type WritableVolume, writeNifti, writeNiftiFile } from "../../../src/data/nifti/writeNifti.ts"
import { drawnAffine, drawnSpacing } from "../../support/drawnVolumes.ts"
import { emptyFolder } from "../support/refusal.ts"

let folder = ""
beforeAll(async () => {
  folder = await emptyFolder()
})

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

  it("refuses a side that NIfTI-1 cannot hold, and takes the longest that it can", () => {
    const sized = (...shape: [number, number, number]) =>
      writeNifti({
        geometry: { ...small.geometry, shape },
        datatype: "uint8",
        voxels: new Uint8Array(Math.max(0, Math.floor(shape[0] * shape[1] * shape[2]))),
      })
    expect(sized(32767, 1, 1)).toHaveLength(352 + 32767)
    for (const shape of [
      [32768, 1, 1],
      [1, 32768, 1],
      [1, 1, 32768],
      [0, 1, 1],
      [1, 1.5, 2],
    ] as [number, number, number][])
      expect(() => sized(...shape)).toThrow(
        new RangeError(`NIfTI-1 cannot hold the shape ${shape.join(" x ")}`),
      )
  })

  it("says of a sheared grid what the sform can say alone", () => {
    const sheared = [
      [1, 0.5, 0, 4],
      [0, 2, 0, 5],
      [0, 0, 3, 6],
      [0, 0, 0, 1],
    ]
    const header = layoutOf(
      writeNifti({ ...small, geometry: { ...small.geometry, affine: sheared } }),
      "a.nii",
    )
    expect(header).toMatchObject({ qformCode: 0, sformCode: 1, sform: sheared.slice(0, 3) })
    expect(header.pixdim[0]).toBe(1)
  })

  const side = fc.integer({ min: 1, max: 5 })
  const types = {
    uint8: { Voxels: Uint8Array, code: 2, bits: 8 },
    int16: { Voxels: Int16Array, code: 4, bits: 16 },
    float32: { Voxels: Float32Array, code: 16, bits: 32 },
  }
  const volume = fc
    .record({
      shape: fc.tuple(side, side, side),
      spacingMm: drawnSpacing,
      datatype: fc.constantFrom("uint8" as const, "int16" as const, "float32" as const),
    })
    .chain((words) => fc.tuple(fc.constant(words), drawnAffine(words.spacingMm)))
    .map(([{ shape, spacingMm, datatype }, affine]) => {
      const { Voxels } = types[datatype]
      const voxels = new Voxels(shape[0] * shape[1] * shape[2]).map((_: number, i: number) => i * 300 + 0.5)
      return { geometry: { shape, spacingMm, affine }, datatype, voxels } as WritableVolume
    })

  test.prop([volume])(
    "fills in every field that a reader may look at, and the qform as the sform",
    (volume) => {
      const { shape, spacingMm, affine } = volume.geometry
      const { code, bits } = types[volume.datatype]
      const header = layoutOf(writeNifti(volume), "a.nii")
      const handedness = determinant(affine) < 0 ? -1 : 1
      expect(header).toMatchObject({
        littleEndian: true,
        dim: [3, ...shape, 1, 1, 1, 1],
        pixdim: [handedness, ...spacingMm, 1, 1, 1, 1],
        datatype: code,
        bitpix: bits,
        voxelOffset: 352,
        slope: 1,
        intercept: 0,
        units: 2,
        qformCode: 1,
        sformCode: 1,
        quaternionOffset: affine.slice(0, 3).map((row) => row[3]),
      })
      expect(header.sform).toEqual(affine.slice(0, 3).map((row) => row.map(Math.fround)))
      const offsetMm = header.quaternionOffset
      const qform = quaternionToAffine({ bcd: header.quaternion, offsetMm, handedness }, spacingMm)
      // What float32 keeps of a quaternion near a half turn is an angle to within a thousandth.
      for (const [r, row] of affine.entries())
        for (const [c, value] of row.entries()) expect(Math.abs(qform[r]![c]! - value)).toBeLessThan(0.004)
    },
  )

  test.prop([volume, fc.constantFrom(".nii", ".nii.gz")])(
    "comes back from the file",
    async (volume, extension) => {
      const path = join(folder, `volume${extension}`)
      await writeNiftiFile(path, volume)
      const { shape, spacingMm, affine } = volume.geometry
      expect(await readNifti(path)).toEqual({
        file: path,
        shape,
        geometry: { shape, spacingMm, affine: affine.map((row) => row.map(Math.fround)) },
        datatype: volume.datatype,
        voxels: volume.voxels,
      })
    },
  )
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
