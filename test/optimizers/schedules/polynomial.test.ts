import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { polynomial } from "../../../src/optimizers/schedules/polynomial.ts"

describe("polynomial", () => {
  it("starts at the learning rate and falls with the power of what is left", () => {
    const schedule = polynomial({ learningRate: 0.01, power: 2 })
    expect(schedule(0, 10)).toBe(0.01)
    expect(schedule(5, 10)).toBeCloseTo(0.01 * 0.25, 12)
    // MicroSegNet: 2690 iterations, power 0.9, half way: 0.01 * 0.5^0.9
    expect(polynomial({ learningRate: 0.01 })(1345, 2690)).toBeCloseTo(0.00535886731, 10)
  })

  it("falls at every step and stays positive", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5000 }),
        fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10),
        (steps, power) => {
          const schedule = polynomial({ learningRate: 1, power })
          expect(schedule(1, steps)).toBeLessThan(schedule(0, steps))
          expect(schedule(steps - 1, steps)).toBeGreaterThan(0)
        },
      ),
    )
  })
})
