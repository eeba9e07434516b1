import { encode } from "fast-png"
import { describe, expect, it } from "vitest"
import type { Geometry } from "../../../src/data/dataset/dataset.ts"
import { readGeometry } from "../../../src/data/files/readGeometry.ts"
import { readVolume } from "../../../src/data/files/readVolume.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../../src/data/nifti/writeNifti.ts"
import { useFolder } from "../../support/folder.ts"
import { niftiBytes } from "../nifti/niftiBytes.ts"
import { refusal } from "../support/refusal.ts"

const write = useFolder()

const geometry: Geometry = { shape: [3, 2, 2], spacingMm: [1, 2, 4], affine: spacingAffine([1, 2, 4]) }
const voxels = Uint8Array.from({ length: 12 }, (_, i) => i)

describe("readGeometry", () => {
  it("gives the geometry that readVolume gives, of either kind of file", async () => {
    write("a.nii", writeNifti({ geometry, datatype: "uint8", voxels }))
    write("a.nii.gz", writeNifti({ geometry, datatype: "uint8", voxels }, { gzip: true }))
    write("a.png", encode({ width: 3, height: 4, data: voxels, channels: 1, depth: 8 }))
    for (const file of ["a.nii", "a.nii.gz"]) expect(await readGeometry(file)).toEqual(geometry)
    for (const spacingMm of [undefined, null, [0.5, 2]] as const) {
      const options = spacingMm === undefined ? {} : { spacingMm }
      expect(await readGeometry("a.png", options)).toEqual((await readVolume("a.png", options)).geometry)
    }
    // Rows 0.5 mm apart, columns 2 mm.
    expect((await readGeometry("a.png", { spacingMm: [0.5, 2] })).spacingMm).toEqual([2, 0.5, 1])
  })

  it("looks at the header alone", async () => {
    const png = encode({ width: 3, height: 4, data: voxels, channels: 1, depth: 8 })
    write("a.png", png.subarray(0, 40))
    expect((await readGeometry("a.png")).shape).toEqual([3, 4, 1])
  })

  it("refuses a channel that is not there, and a series without one, as readVolume does", async () => {
    write("a.png", encode({ width: 3, height: 4, data: voxels, channels: 1, depth: 8 }))
    write("series.nii", niftiBytes({ dim: [4, 2, 2, 1, 3, 1, 1, 1] }, voxels))
    expect((await readGeometry("a.png", { channel: 0 })).shape).toEqual([3, 4, 1])
    expect((await readGeometry("series.nii", { channel: 2 })).shape).toEqual([2, 2, 1])
    for (const read of [readGeometry, readVolume]) {
      const { kind, problems } = await refusal(read("a.png", { channel: 1 }))
      expect(kind).toBe("data")
      expect(problems).toEqual([
        {
          message: "the file has no channel 1",
          file: "a.png",
          expected: "channel 0, the only one",
          found: "a PNG image",
          fix: "set load.source.channel to one that all images have",
        },
      ])
      expect((await refusal(read("series.nii"))).problems).toMatchObject([
        { message: "the file holds a series of volumes" },
      ])
    }
    expect([...(await readVolume("series.nii", { channel: 2 })).voxels]).toEqual([8, 9, 10, 11])
  })
})
