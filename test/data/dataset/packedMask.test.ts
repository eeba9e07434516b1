import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { packMask, unpackMask } from "../../../src/data/dataset/packedMask.ts"

describe("packMask", () => {
  it("puts the first voxel into the lowest bit and needs a byte for every eight begun", () => {
    // 1 + 4 + 128, then 2
    const { length, bits } = packMask(Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 1, 0, 1))
    expect([length, ...bits]).toEqual([10, 133, 2])
  })

  test.prop([fc.array(fc.constantFrom(0, 1))])("is undone by unpackMask", (voxels) => {
    const mask = Uint8Array.from(voxels)
    expect(unpackMask(packMask(mask))).toEqual(mask)
  })
})
