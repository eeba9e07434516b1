import { mkdtemp, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { refusal } from "../support/refusal.ts"

interface Case {
  readonly name: string
  readonly extension: string
  readonly base64: string
  readonly shape: readonly number[]
  readonly spacingMm: readonly number[]
  readonly datatype: string
  readonly affine: readonly (readonly number[])[]
  readonly values: readonly number[]
}

const { cases, channels } = JSON.parse(
  await readFile(new URL("../../fixtures/nifti.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Case[]; readonly channels: readonly Case[] }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "losslab-"))
})

describe("readNifti", () => {
  it.each(cases)("reads as nibabel does: $name", async (expected) => {
    const path = join(folder, `${expected.name}${expected.extension}`)
    await writeFile(path, Buffer.from(expected.base64, "base64"))
    const volume = await readNifti(path)
    expect(volume.shape).toEqual(expected.shape)
    expect(volume.datatype).toBe(expected.datatype)
    expect(volume.geometry.spacingMm.slice(0, expected.spacingMm.length)).toEqual(expected.spacingMm)
    for (const [r, row] of expected.affine.entries())
      for (const [c, value] of row.entries()) expect(volume.geometry.affine[r]![c]).toBeCloseTo(value, 6)
    // nibabel scales in float64; the volume keeps float32 where the file has no more.
    const kept = volume.voxels instanceof Float32Array ? Math.fround : Number
    expect([...volume.voxels]).toEqual(expected.values.map(kept))
  })

  it.each(channels)("reads one channel after another as nibabel does: $name", async (expected) => {
    const path = join(folder, `channels ${expected.name}${expected.extension}`)
    await writeFile(path, Buffer.from(expected.base64, "base64"))
    const each = 12
    const count = expected.values.length / each
    for (let channel = 0; channel < count; channel++) {
      const volume = await readNifti(path, channel)
      expect(volume.shape).toEqual([3, 2, 2])
      expect([...volume.voxels]).toEqual(expected.values.slice(channel * each, (channel + 1) * each))
    }
    const { problems } = await refusal(readNifti(path, count))
    expect(problems).toMatchObject([
      { message: `the file has no channel ${count}`, expected: `a channel from 0 to ${count - 1}` },
    ])
  })
})
