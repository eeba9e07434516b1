import { describe, expect, it } from "vitest"
import { signedDistance } from "../../../src/metrics/signedDistance.ts"
import { distanceMaps } from "../../../src/stages/training/distanceMaps.ts"

const row = (...bits: number[]) => ({ shape: [1, bits.length], data: Uint8Array.from(bits) })
/** Two scales: 4 + 2 numbers of 4 bytes. */
const masks = [row(0, 1, 1, 1), row(0, 1)]

describe("distanceMaps", () => {
  it("gives the signed distance of every mask", () => {
    expect(distanceMaps(100)(masks, 0)).toEqual(masks.map(signedDistance))
  })

  it("keeps the maps of a slice, and computes those of moved masks anew", () => {
    const maps = distanceMaps(100)
    expect(maps(masks, 3)).toBe(maps(masks, 3))
    expect(maps(masks, null)).not.toBe(maps(masks, null))
    expect(maps(masks, null)).not.toBe(maps(masks, 3))
  })

  it("fills its memory to the last byte, and with maps of unmoved masks alone", () => {
    for (const [limit, expected] of [
      [48, true],
      [47, false],
    ] as const) {
      const maps = distanceMaps(limit)
      for (let i = 0; i < 3; i++) maps(masks, null)
      const [first, second] = [maps(masks, 0), maps(masks, 1)]
      expect(maps(masks, 0)).toBe(first)
      expect(maps(masks, 1) === second, `${limit} bytes`).toBe(expected)
    }
  })

  it("keeps the first that fit into its memory", () => {
    const maps = distanceMaps(50)
    const first = [maps(masks, 0), maps(masks, 1), maps(masks, 2)]
    const again = [maps(masks, 0), maps(masks, 1), maps(masks, 2)]
    expect(again.map((found, i) => found === first[i])).toEqual([true, true, false])
    expect(again).toEqual(first)
  })
})
