import { describe, expect, it } from "vitest"
import { bent } from "../../src/augmentations/bent.ts"
import { drawsOf } from "./samples.ts"

/** Shares of [1/2, 1), most of them next to the border between two of the 128 nodes of that octave, where a series about
 *  a node's middle is at its worst. */
const shares = (): Float32Array => {
  const draws = drawsOf(9)
  return Float32Array.from({ length: 30_000 }, (_, i) => {
    if (i % 3 === 0) return draws.between(0.5, 1)
    const border = 0.5 + draws.index(128) / 256
    return Math.max(0.5, border + draws.between(-1e-5, 1e-5))
  })
}

describe("bent", () => {
  it.each([0.5, 2.5, 6.5, 10, 40])(
    "is the power of the definition to the last bit, also where its series ends, for the exponent %d",
    (exponent) => {
      const values = shares()
      const found = bent(values, { low: 0, range: 1, exponent })
      const wrong = [...values.entries()].filter(([i, share]) => found[i] !== Math.fround(share ** exponent))
      expect(wrong).toEqual([])
    },
  )

  it("keeps both ends of the range, and what is too small for its table", () => {
    const [low, range, exponent] = [-2, 4, 0.25]
    const values = Float32Array.of(-2, 2, -2 + 4 * 2 ** -20, 0, -1)
    expect(bent(values, { low, range, exponent })).toEqual(
      values.map((value) => low + range * ((value - low) / range) ** exponent),
    )
    const tiny = Float32Array.of(0, 2 ** -31, 2 ** -32, 2 ** -33, 2 ** -120, 1)
    expect(bent(tiny, { low: 0, range: 1, exponent: 0.5 })).toEqual(tiny.map((share) => share ** 0.5))
  })
})
