import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { holds, holdsWhen } from "../../src/laws/claim.ts"
import { gradient64 } from "../../src/laws/gradient64.ts"
import { equals } from "../../src/laws/limits.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import { fallsAs, risesWith } from "../../src/laws/shape.ts"
import { structuralLaws } from "../../src/laws/structuralLaws.ts"
import type { Options, Subject } from "../../src/laws/subject.ts"
import { deterministic, finite, float64, gradientOfValue, leavesNothing } from "../../src/laws/universal.ts"
import { bce } from "../../src/losses/bce.ts"
import { fixed, type Loss, type Needs, nothing, secondAnnotator } from "../../src/losses/loss.ts"
import { stopGradient } from "../../src/tensor/stopGradient.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { brier, check, dice, named, obeys, p, subjectOf, tidy } from "./madeUpLosses.ts"

beforeAll(useJavascriptEngine)

/** Only the first pixel of the batch counts. */
const first = tidy((z, y) => tf.squaredDifference(p(z), y).flatten().slice(0, 1))

/** A loss that obeys the law, and one that does not. */
const examples: readonly (readonly [law: string, obedient: Loss, other: Loss])[] = [
  ["nonNegative", bce(), tidy((z, y) => tf.sub(tf.mean(tf.squaredDifference(p(z), y)), 1e-3))],
  ["atMostOne", brier, bce()],
  ["perfectIsFree", brier, tidy((z, y) => tf.add(tf.mean(tf.squaredDifference(p(z), y)), 1e-3))],
  ["fallsWithMargin", bce(), tidy((z, y) => tf.mean(tf.mul(z, y)))],
  ["convex", bce(), brier],
  ["complementary", bce(), dice],
  ["swappable", dice, tidy((z, y) => tf.mean(tf.mul(p(z), tf.sub(1, y))))],
  ["pixelOrder", dice, first],
  ["imageOrder", dice, first],
  ["mirrored", bce(), first],
  ["translated", bce(), tidy((z) => tf.mean(tf.cumsum(p(z), 1)))],
  ["additive", bce(), dice],
  ["meanReduction", bce(), tidy((z, y) => tf.sum(tf.squaredDifference(p(z), y)))],
  ["resolutionFree", bce(), dice],
]

describe("laws of structure", () => {
  it.each(examples)("%s tells a loss that obeys it from one that does not", (name, obedient, other) => {
    expect(obeys(named(name), obedient)).toBe(true)
    expect(obeys(named(name), other)).toBe(false)
  })

  it("all have such an example", () => {
    expect(structuralLaws.map(({ name }) => name)).toEqual(examples.map(([name]) => name))
  })
})

describe("universal laws", () => {
  it("notice a value or a gradient that is not finite", () => {
    expect(obeys(finite, bce())).toBe(true)
    expect(
      obeys(
        finite,
        tidy((z) => tf.neg(tf.mean(tf.log(p(z))))),
      ),
    ).toBe(false)
    // The value is finite, the slope of the root at 0 is not.
    expect(
      obeys(
        finite,
        tidy((z) => tf.mean(tf.sqrt(p(z)))),
      ),
    ).toBe(false)
  })

  it("notice a gradient that is not that of the value", () => {
    const halved = tf.customGrad((x) => {
      const input = x as tf.Tensor
      return { value: tf.square(input), gradFunc: (dy: tf.Tensor) => [tf.mul(dy, input)] }
    })
    expect(obeys(gradientOfValue, bce())).toBe(true)
    expect(
      obeys(
        gradientOfValue,
        tidy((z) => tf.mean(halved(p(z)))),
      ),
    ).toBe(false)
  })

  it("hold what is detached constant when they compare with a difference", () => {
    expect(
      obeys(
        gradientOfValue,
        tidy((z) => tf.mean(tf.mul(stopGradient(p(z)), z))),
      ),
    ).toBe(true)
  })

  it("take any slope at a kink", () => {
    expect(
      obeys(
        gradientOfValue,
        tidy((z) => tf.mean(tf.relu(tf.sub(z, 0.037)))),
      ),
    ).toBe(true)
  })

  it("notice a loss that changes from one call to the next", () => {
    let calls = 0
    expect(obeys(deterministic, bce())).toBe(true)
    expect(
      obeys(
        deterministic,
        tidy((z) => tf.mul(tf.mean(z), ++calls)),
      ),
    ).toBe(false)
  })

  it("notice a tensor that is left behind, and an input that is disposed of", () => {
    const kept: tf.Tensor[] = []
    expect(obeys(leavesNothing, bce())).toBe(true)
    const leaking = tidy((z) => {
      kept.push(tf.keep(tf.square(z)))
      return tf.mean(z)
    })
    expect(obeys(leavesNothing, leaking)).toBe(false)
    tf.dispose(kept)
    const disposing = fixed((z, { mask }) => {
      const value = tf.tidy(() => tf.mean<tf.Scalar>(tf.mul(z, mask)))
      mask.dispose()
      return value
    })
    expect(obeys(leavesNothing, disposing)).toBe(false)
  })

  it("notice a tensor that only the gradient leaves behind", () => {
    const kept: tf.Tensor[] = []
    const square = tf.customGrad((x) => {
      const slope = (dy: tf.Tensor): tf.Tensor => {
        kept.push(tf.keep(tf.mul(x as tf.Tensor, 2)))
        return tf.mul(dy, kept.at(-1)!)
      }
      return { value: tf.square(x as tf.Tensor), gradFunc: slope }
    })
    const loss = tidy((z) => tf.mean(square(z)))
    expect(checkClaim(subjectOf(loss), holds(leavesNothing), check).counterexample?.found).toBe(
      "1 tensors more than before its gradient",
    )
    tf.dispose(kept)
  })

  it("give a loss of the truth what it says that it needs, and no more", () => {
    const agreement = fixed((z, { second }) => tf.tidy(() => tf.mean<tf.Scalar>(tf.mul(z, second!))))
    const needing = (needs: Needs): Subject => ({
      ...subjectOf(agreement),
      build: () => ({ ...agreement, needs }),
    })
    expect(obeys(finite, agreement, needing(secondAnnotator))).toBe(true)
    expect(checkClaim(needing(nothing), holds(finite), check).counterexample?.found).toMatch(/^it throws: /)
  })

  it("call a loss that is always NaN deterministic", () => {
    const loss = tidy((z) => tf.mean(tf.mul(z, Number.NaN)))
    expect(obeys(deterministic, loss)).toBe(true)
    expect(obeys(finite, loss)).toBe(false)
  })

  it("show the case as it was drawn, whatever plain loops do to it", () => {
    const loss = tidy((z) => tf.mean(z))
    const plain = ({ logits }: LossCase): number => {
      ;(logits as number[]).fill(7)
      return 7
    }
    const { counterexample } = checkClaim({ ...subjectOf(loss), plain }, holds(float64), check)
    expect(counterexample?.given.of).toMatchObject({ logits: [0] })
  })

  it("compare the gradient with that of the plain loops, far from 0 too", () => {
    const plain = ({ logits }: LossCase) => logits.reduce((sum, z) => sum + z / logits.length, 0)
    const of = (loss: Loss): Subject => ({ ...subjectOf(loss), plain })
    const mean = tidy((z) => tf.mean(z))
    // The value of a mean; no gradient beyond 15.
    const near = tf.customGrad((x) => {
      const input = x as tf.Tensor
      const inside = () => tf.step(tf.sub(15, tf.abs(input)))
      return { value: tf.clone(input), gradFunc: (dy: tf.Tensor) => [tf.mul(dy, inside())] }
    })
    expect(obeys(gradient64, mean, of(mean))).toBe(true)
    const clipped = tidy((z) => tf.mean(near(z)))
    expect(obeys(gradient64, clipped, of(clipped))).toBe(false)
    expect(obeys(gradientOfValue, clipped)).toBe(true)
  })

  it("compare with the plain loops in float64", () => {
    const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
    const loss = tidy((z) => tf.mean(z))
    const plainly = (factor: number): Subject => ({
      ...subjectOf(loss),
      plain: ({ logits }) => factor * mean(logits),
    })
    expect(obeys(float64, loss, plainly(1))).toBe(true)
    expect(obeys(float64, loss, plainly(1.001))).toBe(false)
  })
})

describe("laws of options", () => {
  const scaled: Subject = {
    ...subjectOf(brier),
    options: fc.record({ factor: fc.constantFrom(0, 1, 2, 3), sharp: fc.boolean() }),
    build: ({ factor }: Options) =>
      tidy((z, y) => tf.mul(tf.mean(tf.squaredDifference(p(z), y)), factor as number)),
  }

  it("say which way a loss goes with an option", () => {
    expect(obeys(risesWith("factor"), brier, scaled)).toBe(true)
    expect(obeys(fallsAs("factor"), brier, scaled)).toBe(false)
    expect(fallsAs("factor").name).toBe("fallsAsFactorRises")
  })

  it("compare fixed options with others", () => {
    const fixedAt2 = { ...scaled, options: fc.constant({ factor: 2, sharp: true }) }
    const others = { ...fixedAt2, others: () => scaled.options }
    expect(obeys(risesWith("factor"), brier, others)).toBe(true)
    expect(obeys(fallsAs("factor"), brier, others)).toBe(false)
    const upTo2 = holdsWhen<{ factor: number }>(fallsAs("factor"), "up to 2", ({ factor }) => factor <= 2)
    const { passed, counterexample } = checkClaim(others, upTo2, check)
    expect(passed).toBe(false)
    expect((counterexample!.given.other as { factor: number }).factor).toBeLessThan(2)
  })

  it("say what a loss is with some options set", () => {
    const isTwiceBrier = (times: number) =>
      equals<{ factor: number }>({
        name: "twice",
        says: "With factor 2 it is twice the Brier score.",
        set: { factor: 2 },
        other: () => ({ loss: brier, times }),
      })
    expect(obeys(isTwiceBrier(2), brier, scaled)).toBe(true)
    const { passed, counterexample } = checkClaim(scaled, holds(isTwiceBrier(1)), check)
    expect(passed).toBe(false)
    expect(counterexample!.given.options).toMatchObject({ factor: 2 })
  })

  it("are checked for those options alone that a claim is about", () => {
    const law = named("atMostOne")
    const small = holdsWhen<{ factor: number }>(law, "with a factor up to 1", ({ factor }) => factor <= 1)
    expect(checkClaim(scaled, holds(law), check).passed).toBe(false)
    expect(checkClaim(scaled, small, check).passed).toBe(true)
  })

  it("are not looked for without end when a claim is about options that do not occur", () => {
    const large = holdsWhen<{ factor: number }>(
      named("additive"),
      "with a factor above 3",
      (o) => o.factor > 3,
    )
    expect(() => checkClaim(scaled, large, check)).toThrow(
      "made up: no options were found with a factor above 3, in 20000 tries",
    )
  })
})
