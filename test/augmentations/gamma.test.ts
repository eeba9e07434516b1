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
    const sample = { ...row(-1, 1, 3), second: Uint8Array.of(1, 0, 1) }
    const result = augmented(squared, sample)
    expect([...result.image]).toEqual([-1, 0, 3])
    expect([result.rows, result.columns]).toEqual([1, 3])
    expect(result.mask).toBe(sample.mask)
    expect(result.second).toBe(sample.second)
  })

  it("draws its exponent between 0.7 and 1.5, and is done half of the time unless told otherwise", () => {
    const exponents: number[] = []
    for (let seed = 0; seed < 400; seed++) {
      const sample = row(0, 0.5, 1)
      const result = augmented(gamma(), sample, seed)
      if (result === sample) continue
      const draws = drawsOf(seed)
      expect(draws.uniform()).toBeLessThan(0.5)
      const exponent = draws.between(0.7, 1.5)
      expect(result.image).toEqual(Float32Array.of(0, 0.5 ** exponent, 1))
      exponents.push(exponent)
    }
    // 200 expected, with a deviation of 10.
    expect(Math.abs(exponents.length - 200)).toBeLessThan(60)
    expect(Math.min(...exponents)).toBeLessThan(0.75)
    expect(Math.max(...exponents)).toBeGreaterThan(1.45)
  })

  it("is never done with probability 0", () => {
    const sample = row(0, 0.5, 1)
    for (let seed = 0; seed < 20; seed++)
      expect(augmented(gamma({ minimum: 2, probability: 0 }), sample, seed)).toBe(sample)
  })

  it("leaves a constant image", () => {
    expect([...augmented(squared, row(0.3, 0.3)).image]).toEqual([...Float32Array.of(0.3, 0.3)])
  })

  it("is the power of the definition, bit for bit", () => {
    const exponents = fc.oneof(
      fc.integer({ min: 100, max: 10_000 }).map((thousandths) => thousandths / 1000),
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
