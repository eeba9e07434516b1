import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { packMask, unpackMask } from "../../../src/data/dataset/packedMask.ts"

describe("packMask", () => {
  it("puts the first voxel into the lowest bit and needs a byte for every eight begun", () => {
    // 1 + 4 + 128, then 2
    const { length, bits } = packMask(Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 1, 0, 1))
    expect([length, ...bits]).toEqual([10, 133, 2])
  })

  /** Runs of one value, so that many bytes are all inside or all outside, and many are not. */
  const mask = fc
    .array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 1, max: 30 })))
    .map((runs) => Uint8Array.from(runs.flatMap(([value, length]) => Array<number>(length).fill(value))))

  test.prop([mask])(
    "keeps every voxel at its bit, leaves the rest 0, and is undone by unpackMask",
    (mask) => {
      const packed = packMask(mask)
      expect(packed.length).toBe(mask.length)
      const digits = [...packed.bits].map((byte) => [...byte.toString(2).padStart(8, "0")].reverse().join(""))
      expect(digits.join("")).toBe([...mask].join("").padEnd(8 * Math.ceil(mask.length / 8), "0"))
      expect(unpackMask(packed)).toEqual(mask)
    },
  )

  it("packs a part of a longer array as if it stood alone", () => {
    const whole = Uint8Array.from({ length: 40 }, (_, i) => +(i % 3 === 0 || i > 20))
    for (const start of [0, 3, 4, 8])
      expect(packMask(whole.subarray(start, start + 24))).toEqual(packMask(whole.slice(start, start + 24)))
  })
})
