import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { intensity } from "../../src/augmentations/intensity.ts"
import { anySample, augmented, drawsOf } from "./samples.ts"

describe("intensity", () => {
  it("maps every value by one line, and leaves the masks", () => {
    // 0, 1/2, 1 stay evenly spaced under factor * value + shift.
    const sample = { rows: 1, columns: 3, image: Float32Array.of(0, 0.5, 1), mask: Uint8Array.of(0, 1, 1) }
    const result = augmented(intensity({ gain: 0.2, offset: 0.3, probability: 1 }), sample)
    const [low, middle, high] = result.image as unknown as [number, number, number]
    expect(middle).toBeCloseTo((low + high) / 2, 6)
    expect(low).not.toBe(0)
    expect(result.mask).toBe(sample.mask)
    expect([result.rows, result.columns]).toEqual([1, 3])
  })

  it("is a factor and a shift, bit for bit", () => {
    fc.assert(
      fc.property(anySample(), fc.nat(), (sample, seed) => {
        const draws = drawsOf(seed)
        draws.uniform() // decides that it is done
        const [factor, shift] = [draws.between(0.8, 1.2), draws.between(-0.3, 0.3)]
        const { image } = augmented(intensity({ gain: 0.2, offset: 0.3, probability: 1 }), sample, seed)
        expect(image).toEqual(sample.image.map((value) => factor * value + shift))
      }),
    )
  })

  it("changes gain and offset by up to a tenth, half of the time, unless told otherwise", () => {
    const sample = { rows: 1, columns: 2, image: Float32Array.of(0, 1), mask: Uint8Array.of(0, 1) }
    let done = 0
    for (let seed = 0; seed < 400; seed++) {
      const result = augmented(intensity(), sample, seed)
      if (result === sample) continue
      done++
      const draws = drawsOf(seed)
      draws.uniform() // decides that it is done
      const [factor, shift] = [draws.between(0.9, 1.1), draws.between(-0.1, 0.1)]
      expect(result.image).toEqual(Float32Array.of(shift, factor + shift))
    }
    // 200 expected, with a deviation of 10.
    expect(Math.abs(done - 200)).toBeLessThan(60)
  })

  it("is the identity without gain and offset", () => {
    fc.assert(
      fc.property(anySample(), (sample) => {
        expect(augmented(intensity({ gain: 0, offset: 0, probability: 1 }), sample)).toEqual(sample)
      }),
    )
  })

  it("stays within gain and offset, and repeats itself with the same key", () => {
    fc.assert(
      fc.property(anySample(), fc.nat(), (sample, seed) => {
        const jitter = intensity({ gain: 0.2, offset: 0.1, probability: 1 })
        const result = augmented(jitter, sample, seed)
        expect(result).toEqual(augmented(jitter, sample, seed))
        for (const [i, value] of result.image.entries())
          expect(Math.abs(value - sample.image[i]!)).toBeLessThanOrEqual(0.2 * sample.image[i]! + 0.1 + 1e-6)
      }),
    )
  })
})
