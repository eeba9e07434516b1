import { describe, expect, it } from "vitest"
import { fourOnes, foursOf } from "../../src/tensor/fours.ts"

describe("foursOf", () => {
  const bytes = Uint8Array.of(0, 1, 1, 1, 1, 0, 0, 0, 0, 1)

  it("reads four bytes at a time and leaves out the rest", () => {
    expect(foursOf(bytes.subarray(4))).toEqual(Int32Array.of(foursOf(Uint8Array.of(1, 0, 0, 0))[0]!))
    expect(foursOf(bytes).length).toBe(2)
  })

  it("reads bytes that do not begin at a multiple of four", () => {
    expect([...foursOf(bytes.subarray(1, 9))]).toEqual([fourOnes, 0])
  })

  it("reads the same wherever the bytes begin", () => {
    const memory = new Uint8Array(32)
    for (let start = 0; start <= 20; start++)
      expect(
        foursOf(
          memory
            .fill(0)
            .fill(1, start + 4, start + 8)
            .subarray(start, start + 12),
        ),
        `${start}`,
      ).toEqual(Int32Array.of(0, fourOnes, 0))
  })

  it("sees later changes of bytes that begin at a multiple of four", () => {
    for (const start of [0, 4, 8, 12]) {
      const mask = new Uint8Array(16).subarray(start, start + 4)
      const fours = foursOf(mask)
      mask.fill(1)
      expect([...fours]).toEqual([fourOnes])
    }
  })
})
