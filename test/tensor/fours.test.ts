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

  it("sees later changes of bytes that begin at one", () => {
    const mask = new Uint8Array(4)
    const fours = foursOf(mask)
    mask.fill(1)
    expect([...fours]).toEqual([fourOnes])
  })
})
