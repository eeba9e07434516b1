import { describe, expect, it } from "vitest"
import type { Augmentation } from "../../src/augmentations/augmentation.ts"
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

  it("keeps the order, and draws from one stream", () => {
    const writing =
      (at: number): Augmentation =>
      (draws, given) => ({ ...given, image: given.image.with(at, draws.uniform() + given.image[0]!) })
    const { image } = compose([writing(0), writing(1)])(drawsOf(5), {
      ...sample,
      image: new Float32Array(81),
    })
    const draws = drawsOf(5)
    const first = Math.fround(draws.uniform())
    expect([...image.subarray(0, 2)]).toEqual([first, Math.fround(draws.uniform() + first)])
  })

  it("is the identity of nothing", () => {
    expect(augmented(compose([]), sample)).toBe(sample)
  })
})

describe("sometimes", () => {
  it("takes one draw to decide, and leaves the others to the augmentation", () => {
    const draws = drawsOf(3)
    const [decision, next] = [drawsOf(3), drawsOf(3)]
    const share = decision.uniform()
    next.uniform()
    let drawn = Number.NaN
    const drawing: Augmentation = (given, unchanged) => {
      drawn = given.uniform()
      return unchanged
    }
    // Done where the draw is below the probability, not where it is the same.
    sometimes(share, drawing)(draws, sample)
    expect(drawn).toBeNaN()
    sometimes(share + 1e-9, drawing)(drawsOf(3), sample)
    expect(drawn).toBe(next.uniform())
  })

  it("is done with its probability", () => {
    const draws = drawsOf(3)
    let done = 0
    const counted = sometimes(0.3, (_draws, given) => {
      done++
      return given
    })
    for (let i = 0; i < 2000; i++) counted(draws, sample)
    expect(
      augmented(
        sometimes(1, () => disc(9, 4, 4, 1)),
        sample,
      ),
    ).not.toBe(sample)
    // 600 expected; the deviation of the count is sqrt(2000 * 0.3 * 0.7) = 20.5
    expect(Math.abs(done - 600)).toBeLessThan(100)
  })
})
