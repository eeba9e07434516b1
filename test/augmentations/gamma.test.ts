import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { gamma } from "../../src/augmentations/gamma.ts"
import { anySample, augmented, drawsOf } from "./samples.ts"

const squared = gamma({ minimum: 2, maximum: 2, probability: 1 })
const row = (...values: number[]) => ({
  rows: 1,
  columns: values.length,
  image: Float32Array.from(values),
  mask: new Uint8Array(values.length),
})

describe("gamma", () => {
  it("bends what is between the darkest and the brightest", () => {
    // Range -1 .. 3; 1 is half way; 0.5^2 = 0.25 of the range 4, so 0.
    expect([...augmented(squared, row(-1, 1, 3)).image]).toEqual([-1, 0, 3])
  })

  it("leaves a constant image", () => {
    expect([...augmented(squared, row(0.3, 0.3)).image]).toEqual([...Float32Array.of(0.3, 0.3)])
  })

  it("is the power of the definition, bit for bit", () => {
    const exponents = fc.oneof(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.constantFrom(0.1, 0.5, 1, 2, 3, 10),
    )
    const bottoms = fc.constantFrom(0, -1, 1000, -1e-3)
    const spans = fc.constantFrom(1, 3, 1e-6, 1e6)
    fc.assert(
      fc.property(exponents, bottoms, spans, fc.nat(), (exponent, bottom, span, seed) => {
        const draws = drawsOf(seed)
        // Shares of the range from 1 down to 2^-40, and 0.
        const image = Float32Array.from(
          { length: 400 },
          (_, i) => bottom + (i === 0 ? 0 : span * draws.uniform() * 2 ** -draws.index(41)),
        )
        const [low, high] = [Math.min(...image), Math.max(...image)]
        const expected = image.map((value) => low + (high - low) * ((value - low) / (high - low)) ** exponent)
        const bend = gamma({ minimum: exponent, maximum: exponent, probability: 1 })
        if (high > low) expect(augmented(bend, row(...image)).image).toEqual(expected)
      }),
    )
  })

  it("is the identity with exponent 1", () => {
    fc.assert(
      fc.property(anySample(), (sample) => {
        const result = augmented(gamma({ minimum: 1, maximum: 1, probability: 1 }), sample)
        for (const [i, value] of result.image.entries()) expect(value).toBeCloseTo(sample.image[i]!, 6)
        expect(result.mask).toBe(sample.mask)
      }),
    )
  })

  it("keeps the order and the range of the values", () => {
    fc.assert(
      fc.property(anySample(), fc.nat(), (sample, seed) => {
        const result = augmented(gamma({ probability: 1 }), sample, seed)
        expect(Math.max(...result.image)).toBeCloseTo(Math.max(...sample.image), 6)
        const order = [...sample.image.keys()].sort((a, b) => sample.image[a]! - sample.image[b]!)
        for (let i = 1; i < order.length; i++)
          expect(result.image[order[i]!]).toBeGreaterThanOrEqual(result.image[order[i - 1]!]! - 1e-6)
      }),
    )
  })
})
