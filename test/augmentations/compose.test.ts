import { describe, expect, it } from "vitest"
import { compose } from "../../src/augmentations/compose.ts"
import { flip } from "../../src/augmentations/flip.ts"
import { sometimes } from "../../src/augmentations/sometimes.ts"
import { augmented, disc, drawsOf } from "./samples.ts"

const sample = disc(9, 2, 3, 2)

describe("compose", () => {
  it("applies one after the other", () => {
    const both = compose([flip({ axis: "rows", probability: 1 }), flip({ axis: "columns", probability: 1 })])
    expect([...augmented(both, sample).image]).toEqual([...sample.image].reverse())
  })

  it("is the identity of nothing", () => {
    expect(augmented(compose([]), sample)).toBe(sample)
  })
})

describe("sometimes", () => {
  it("is done with its probability", () => {
    const draws = drawsOf(3)
    let done = 0
    const counted = sometimes(0.3, (_draws, given) => {
      done++
      return given
    })
    for (let i = 0; i < 2000; i++) counted(draws, sample)
    // 600 expected; the deviation of the count is sqrt(2000 * 0.3 * 0.7) = 20.5
    expect(Math.abs(done - 600)).toBeLessThan(100)
  })
})
