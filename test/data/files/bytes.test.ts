import { describe, expect, it } from "vitest"
import { bytesOf, swapBytes } from "../../../src/data/files/bytes.ts"

describe("bytesOf", () => {
  it("is the same memory, and only the part that is seen", () => {
    const whole = new Uint16Array(4)
    const bytes = bytesOf(whole.subarray(1, 3))
    expect(bytes).toHaveLength(4)
    bytes.fill(255)
    expect([...whole]).toEqual([0, 65535, 65535, 0])
  })
})

describe("swapBytes", () => {
  it("turns the bytes of each element around, in place, within the part that is given", () => {
    for (const [width, expected] of [
      [1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      [2, [0, 2, 1, 4, 3, 6, 5, 8, 7, 9]],
      [4, [0, 4, 3, 2, 1, 8, 7, 6, 5, 9]],
      [8, [0, 8, 7, 6, 5, 4, 3, 2, 1, 9]],
    ] as const) {
      const bytes = Uint8Array.from({ length: 10 }, (_, i) => i)
      swapBytes(bytes.subarray(1, 9), width)
      expect([...bytes]).toEqual(expected)
    }
  })
})
