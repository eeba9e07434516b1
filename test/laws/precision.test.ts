import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import {
  atLeast,
  atMost,
  atMostOne,
  nonNegative,
  perfectCosts,
  perfectIsFree,
} from "../../src/laws/bounds.ts"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { holds } from "../../src/laws/claim.ts"
import { gradient64 } from "../../src/laws/gradient64.ts"
import type { Law } from "../../src/laws/law.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import type { Subject } from "../../src/laws/subject.ts"
import { gradientOfValue } from "../../src/laws/universal.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { stopGradient } from "../../src/tensor/stopGradient.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { check, obeys, subjectOf, tidy } from "./madeUpLosses.ts"

// How far a loss may be off before a law notices: what the comparisons are worth.

beforeAll(useJavascriptEngine)

const constant = (value: number): Loss => tidy(() => tf.scalar(value))

const foundOf = (law: Law, loss: Loss, subject: Subject = subjectOf(loss)) =>
  checkClaim(subject, holds(law), check).counterexample?.found

describe("bounds", () => {
  it("of nothing below 0 allow no rounding", () => {
    expect(obeys(nonNegative, constant(0))).toBe(true)
    expect(obeys(nonNegative, constant(-1e-30))).toBe(false)
    expect(foundOf(nonNegative, constant(-0.5))).toBe("-0.5 is negative")
    expect(obeys(nonNegative, constant(Number.NaN))).toBe(false)
  })

  it("from above and below allow float32's rounding of the bound, and no more", () => {
    expect(obeys(atMostOne, constant(1 + 1e-5))).toBe(true)
    expect(obeys(atMostOne, constant(1 + 1.1e-5))).toBe(false)
    const half = atLeast("half", "1/2", 0.5)
    expect(obeys(half, constant(0.5 - 5e-6))).toBe(true)
    expect(obeys(half, constant(0.5 - 6e-6))).toBe(false)
    expect(foundOf(half, constant(0.25))).toBe("0.25 is less than 0.5")
    expect(foundOf(atMost("half", "1/2", 0.5), constant(0.75))).toBe("0.75 is more than 0.5")
    expect(half.says).toBe("The loss is at least 1/2.")
    expect(atMost("half", "1/2", 0.5).says).toBe("The loss is at most 1/2.")
  })

  it("may depend on the options and the case", () => {
    const subject: Subject = { ...subjectOf(constant(3)), options: fc.constant({ factor: 3 }) }
    const ofOptions = ({ factor }: { readonly factor: number }) => factor
    for (const law of [atLeast("l", "", ofOptions), atMost("m", "", ofOptions)])
      expect(obeys(law, constant(3), subject)).toBe(true)
    const pixels = (_: never, { logits }: LossCase) => logits.length
    expect(obeys(atLeast("p", "", pixels), constant(3))).toBe(false)
    expect(
      obeys(
        atMost("p", "", pixels),
        tidy((z) => tf.scalar(z.size)),
      ),
    ).toBe(true)
  })

  it("of a certain and right prediction hold for masks of every kind", () => {
    expect(obeys(perfectIsFree, constant(2.9e-7))).toBe(true)
    expect(obeys(perfectIsFree, constant(3.1e-7))).toBe(false)
    // Costs 1 where the prediction is certain and right, pixel by pixel; otherwise less.
    const agreement = tidy((z, y) => tf.mean(tf.abs(tf.sub(tf.sigmoid(z), tf.sub(1, y)))))
    expect(obeys(perfectCosts("p", "1", 1), agreement)).toBe(true)
    expect(foundOf(perfectCosts("p", "0.5", 0.5), agreement)).toBe("1 found, 0.5 expected")
    const logits = (_: never, of: LossCase) => Math.max(...of.logits.map(Math.abs))
    expect(
      obeys(
        perfectCosts("p", "the logit", logits),
        tidy((z) => tf.max(tf.abs(z))),
      ),
    ).toBe(true)
    const inverted = tidy((z, y) => tf.mean(tf.abs(tf.sub(tf.sigmoid(z), y))))
    expect(obeys(perfectCosts("p", "0", 0), inverted)).toBe(true)
    const emptyOnly = tidy((_, y) => tf.cast(tf.equal(tf.sum(y), 0), "float32"))
    expect(obeys(perfectIsFree, emptyOnly)).toBe(false)
    const fullOnly = tidy((_, y) => tf.cast(tf.equal(tf.mean(y), 1), "float32"))
    expect(obeys(perfectIsFree, fullOnly)).toBe(false)
  })
})

/** x as it is, with a slope of `slope` in the place of 1, or that much more. */
const sloped = (slope: number, more = 0) =>
  tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => [tf.add(tf.mul(dy, slope), more)],
  }))

describe("the gradient", () => {
  const plain = ({ logits }: LossCase) => logits.reduce((sum, z) => sum + z / logits.length, 0)
  const held = (loss: Loss) => obeys(gradient64, loss, { ...subjectOf(loss), plain })

  it("of the plain loops is held to a ten-thousandth of its largest entry, and a millionth", () => {
    const mean = (slope: number, more = 0) => tidy((z) => tf.mean(sloped(slope, more)(z)))
    for (const [slope, right] of [
      [1.00009, true],
      [0.99991, true],
      [1.00013, false],
      [0.99987, false],
    ] as const)
      expect(held(mean(slope)), `${slope}`).toBe(right)
    const flat = (more: number): Loss => tidy((z) => tf.mean(sloped(0, more)(z)))
    const nothing = (loss: Loss) => obeys(gradient64, loss, { ...subjectOf(loss), plain: () => 0 })
    expect(nothing(flat(0.9e-6))).toBe(true)
    expect(nothing(flat(1.1e-6))).toBe(false)
    expect(nothing(flat(-1.1e-6))).toBe(false)
  })

  it("says at which pixel it differs, and how", () => {
    const loss = tidy((z) => tf.mean(sloped(2)(z)))
    expect(foundOf(gradient64, loss, { ...subjectOf(loss), plain })).toMatch(
      /^2 at pixel 0, (1|0\.99999)\S* in float64$/,
    )
  })

  it("that is not a number is not let pass", () => {
    expect(held(tidy((z) => tf.mean(sloped(Number.NaN)(z))))).toBe(false)
  })

  it("of the value is held to a thousandth, and 3 hundred-thousandths", () => {
    // 0 at the logits themselves, so that its size is that of the gradient alone.
    const nil = (slope: number, more = 0) =>
      tidy((z) => tf.mean(tf.sub(sloped(slope, more)(z), stopGradient(z))))
    for (const [slope, right] of [
      [1.0009, true],
      [0.9991, true],
      [1.0012, false],
      [0.9988, false],
    ] as const)
      expect(obeys(gradientOfValue, nil(slope)), `${slope}`).toBe(right)
    // 0 everywhere, with a slope of so much along all signs.
    const flat = (more: number) =>
      tidy((z) => {
        const nothing = tf.customGrad((x) => ({
          value: tf.zerosLike(x as tf.Tensor),
          gradFunc: () => [tf.fill(z.shape, more / z.size)],
        }))
        return tf.mean(nothing(z))
      })
    expect(obeys(gradientOfValue, flat(2.9e-5))).toBe(true)
    expect(obeys(gradientOfValue, flat(3.2e-5))).toBe(false)
  })
})

describe("a loss of several parameters", () => {
  it("has the gradient of each checked", () => {
    const learned = (slope: number): Subject => ({
      ...subjectOf(constant(0)),
      build: () => ({
        ...constant(0),
        init: () => ({ own: { scale: tf.scalar(2) } }),
        apply: (params, z) =>
          tf.tidy(() =>
            tf.mean<tf.Scalar>(tf.mul(sloped(slope)((params as { own: { scale: tf.Tensor } }).own.scale), z)),
          ),
      }),
    })
    expect(obeys(gradientOfValue, constant(0), learned(1))).toBe(true)
    expect(obeys(gradientOfValue, constant(0), learned(1.5))).toBe(false)
  })
})
