import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import {
  type Counter,
  type PhiloxKey,
  philox4x32,
  statelessWords,
  unitInterval,
} from "../../src/tensor/philox.ts"

const hex = (words: Uint32Array): string => [...words].map((word) => word.toString(16)).join(" ")

/** The definition, with products of 64 bits: of each pair of words the product's halves, the higher one mixed. */
const plainly = (counter: Counter, key: PhiloxKey): number[] => {
  let words = counter.map((word) => BigInt(word >>> 0))
  let [k0, k1] = key.map((word) => BigInt(word >>> 0)) as [bigint, bigint]
  const low = (value: bigint) => value & 0xffffffffn
  for (let round = 0; round < 10; round++) {
    const [a, b, c, d] = words as [bigint, bigint, bigint, bigint]
    const [first, second] = [a * 0xd2511f53n, c * 0xcd9e8d57n]
    words = [(second >> 32n) ^ b ^ k0, low(second), (first >> 32n) ^ d ^ k1, low(first)]
    ;[k0, k1] = [low(k0 + 0x9e3779b9n), low(k1 + 0xbb67ae85n)]
  }
  return words.map(Number)
}

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 })

describe("philox4x32", () => {
  test.prop([fc.tuple(word, word, word, word), fc.tuple(word, word)])(
    "is its definition, for any counter and key",
    (counter, key) => {
      expect([...philox4x32(counter, key)]).toEqual(plainly(counter, key))
    },
  )

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
  // The multiples of 2^-23 that StatelessRandomUniform of TensorFlow 2.21 makes of them.
  it.each([
    [
      [0, 0],
      [1770126, 5922441, 6711418, 6465874, 3259718, 7301104],
    ],
    [
      [1, 2],
      [7080492, 1610993, 8356926, 1345427, 2281619, 5447109],
    ],
    [
      [-5, 2147483647],
      [4236775, 7203071, 3790235, 5553182, 7160465, 5614918],
    ],
  ] as const)("are TensorFlow's for the key %j", (key, multiples) => {
    expect([...statelessWords(key, 6).subarray(0, 6)].map((found) => found & 0x7fffff)).toEqual(multiples)
  })

  it("count blocks from 0, with a key and the upper half of a counter that a block of the seed gives", () => {
    const [k0, k1, c, d] = plainly([-7, -1, 5, 0], [0x3ec8f720, 0x02461e29]) as [
      number,
      number,
      number,
      number,
    ]
    const blocks = [0, 1, 2].flatMap((block) => plainly([block, 0, c, d], [k0, k1]))
    expect([...statelessWords([-7, 5], 12)]).toEqual(blocks)
  })

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
