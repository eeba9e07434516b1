import { describe, expect, it } from "vitest"
import { gridOf } from "../../../src/data/phantom/grid.ts"
import { smoothField, whiteNoise } from "../../../src/data/phantom/noise.ts"
import { specklePower } from "../../../src/data/phantom/speckle.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
const grid = gridOf(240, 343)

/** Correlation of a field with itself, so many pixels further on. */
const correlation = (field: Float32Array, shift: number) => {
  const average = mean(field)
  const [a, b] = [field.subarray(0, field.length - shift), field.subarray(shift)]
  return (
    mean(a.map((value, i) => (value - average) * (b[i]! - average))) /
    mean(field.map((v) => (v - average) ** 2))
  )
}

describe("specklePower", () => {
  const power = specklePower(rootKey(1), grid)

  it("has the exponential distribution of fully developed speckle", () => {
    // Exponential with mean 1: standard deviation 1, a share 1 - 1/e = 0.632 below the mean. A little less spread
    // here, since the noise under the point spread is uniform.
    const spread = Math.sqrt(mean(power.map((value) => (value - 1) ** 2)))
    expect(mean(power)).toBeCloseTo(1, 1)
    expect(spread).toBeGreaterThan(0.9)
    expect(spread).toBeLessThan(1.05)
    expect(mean(power.map((value) => (value < 1 ? 1 : 0)))).toBeCloseTo(0.632, 1)
  })

  it("is correlated over a pixel or two, longer across the beam than along it", () => {
    const [across, along] = [correlation(power, 2), correlation(power, 2 * grid.columns)]
    expect(across).toBeGreaterThan(0.1)
    expect(across).toBeGreaterThan(along)
    expect(Math.abs(correlation(power, 20))).toBeLessThan(0.05)
  })

  it("depends on the key alone", () => {
    expect(specklePower(rootKey(1), gridOf(12, 17))).toEqual(specklePower(rootKey(1), gridOf(12, 17)))
    expect(specklePower(rootKey(2), gridOf(12, 17))).not.toEqual(specklePower(rootKey(1), gridOf(12, 17)))
  })
})

describe("whiteNoise", () => {
  it("has mean 0 and variance 1", () => {
    const noise = whiteNoise(rootKey(1), 100_000)
    expect(mean(noise)).toBeCloseTo(0, 1)
    expect(mean(noise.map((value) => value * value))).toBeCloseTo(1, 1)
  })
})

describe("smoothField", () => {
  const steps = { xMm: 2, yMm: 2, sweep: 0.3 }

  it("has variance about 1 and is smooth over its correlation length", () => {
    const field = smoothField(rootKey(1), grid, steps)(0.5)
    expect(mean(field.map((value) => value * value))).toBeGreaterThan(0.6)
    expect(mean(field.map((value) => value * value))).toBeLessThan(1.5)
    expect(correlation(field, 1)).toBeGreaterThan(0.98)
    expect(correlation(field, Math.round(8 / grid.dxMm))).toBeLessThan(0.2)
  })

  it("shows the same tissue on every grid", () => {
    // The centres of every third pixel of the fine grid are those of the coarse one.
    const [fine, coarse] = [gridOf(36, 51), gridOf(12, 17)].map((g) => smoothField(rootKey(1), g, steps)(0.2))
    for (let row = 0; row < 12; row++)
      for (let column = 0; column < 17; column++)
        expect(coarse![row * 17 + column]).toBeCloseTo(fine![(3 * row + 1) * 51 + 3 * column + 1]!, 5)
  })
})
