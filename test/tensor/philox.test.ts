import { describe, expect, it } from "vitest"
import { philox4x32, statelessWords, unitInterval } from "../../src/tensor/philox.ts"

const hex = (words: Uint32Array): string => [...words].map((word) => word.toString(16)).join(" ")

describe("philox4x32", () => {
  // philox4x32 with 10 rounds in kat_vectors of Random123, the library of its authors.
  it.each([
    ["zeros", [0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ones", [-1, -1, -1, -1], [-1, -1], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [
      "the digits of pi",
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    ],
  ] as const)("has the published words for a counter and a key of %s", (_, counter, key, words) => {
    expect(hex(philox4x32(counter, key))).toBe(words)
  })
})

describe("statelessWords", () => {
  it("begins alike however many words are asked for, in whole blocks", () => {
    const long = statelessWords([3, -4], 21)
    expect(long).toHaveLength(24)
    expect(statelessWords([3, -4], 4)).toEqual(long.slice(0, 4))
    expect(statelessWords([3, -4], 5)).toEqual(long.slice(0, 8))
    expect(statelessWords([3, -4], 0)).toHaveLength(0)
  })

  it("has other words for every seed, the sign and the order of its halves included", () => {
    const seeds = [
      [0, 0],
      [0, 1],
      [1, 0],
      [-1, 0],
      [0, -1],
      [2147483647, 1],
      [-2147483648, 1],
    ] as const
    const found = seeds.map((seed) => hex(statelessWords(seed, 4)))
    expect(new Set(found).size).toBe(seeds.length)
  })
})

describe("unitInterval", () => {
  it("is in [0, 1) and exact in float32", () => {
    expect(unitInterval(0)).toBe(0)
    expect(unitInterval(0xffffffff)).toBe(1 - 2 ** -23)
    expect(unitInterval(0x12345678)).toBe(Math.fround(0x345678 / 2 ** 23))
  })
})
