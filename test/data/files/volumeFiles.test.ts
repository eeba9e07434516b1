import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Geometry } from "../../../src/data/dataset/dataset.ts"
import { readVolume, volumeEnding } from "../../../src/data/files/readVolume.ts"
import { writeMask, writeProbabilities } from "../../../src/data/files/writeVolume.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { emptyFolder, refusal } from "../support/refusal.ts"

const geometry: Geometry = { shape: [3, 2, 1], spacingMm: [2, 4, 1], affine: spacingAffine([2, 4, 1]) }
const mask = Uint8Array.of(0, 1, 1, 0, 0, 1)
const written = async (
  name: string,
  write: (path: string) => Promise<void> = (path) => writeMask(path, geometry, mask),
) => {
  const path = join(await emptyFolder(), name)
  await write(path)
  return path
}

describe("volumes in files", () => {
  it("go by the end of the name, in small letters", () => {
    expect(["a.nii.gz", "a.nii", "a.png", "a.PNG", "a.nii.bz2", "png"].map(volumeEnding)).toEqual([
      ".nii.gz",
      ".nii",
      ".png",
      undefined,
      undefined,
      undefined,
    ])
  })

  it("hold a mask as 0 and 1 in NIfTI, with its geometry", async () => {
    for (const name of ["mask.nii", "mask.nii.gz"])
      expect(await readVolume(await written(name))).toMatchObject({ geometry, voxels: mask })
  })

  it("hold a mask as 0 and 255 in PNG, without a spacing", async () => {
    const file = await written("mask.png")
    expect((await readVolume(file)).geometry.spacingMm).toEqual([1, 1, 1])
    const volume = await readVolume(file, { spacingMm: [4, 2] })
    expect(volume.geometry).toEqual(geometry)
    expect([...volume.voxels]).toEqual([0, 255, 255, 0, 0, 255])
  })

  it("hold probabilities exactly in NIfTI, and to within 1/131070 in PNG", async () => {
    const probabilities = Float32Array.of(0, 1, 0.5, 0.25, 1e-6, 0.9999)
    const write = (path: string) => writeProbabilities(path, geometry, probabilities)
    expect((await readVolume(await written("p.nii.gz", write))).voxels).toEqual(probabilities)
    const { voxels, datatype } = await readVolume(await written("p.png", write))
    expect(datatype).toBe("uint16")
    expect([...voxels]).toEqual([0, 65535, 32768, 16384, 0, 65528])
  })

  it("refuse several slices in one PNG", async () => {
    const deep = { ...geometry, shape: [3, 1, 2] } as const
    await expect(writeMask("never.png", deep, mask)).rejects.toThrow("2 slices for one PNG file")
  })

  it("have channel 0 alone in PNG", async () => {
    const file = await written("mask.png")
    expect((await readVolume(file, { channel: 0 })).voxels).toHaveLength(6)
    expect((await refusal(readVolume(file, { channel: 1 }))).problems).toMatchObject([
      { message: "the file has no channel 1", file },
    ])
  })
})
