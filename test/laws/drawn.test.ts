import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { holds } from "../../src/laws/claim.ts"
import type { Law } from "../../src/laws/law.ts"
import { linearInProbability } from "../../src/laws/linearInProbability.ts"
import { deterministic, gradientOfValue } from "../../src/laws/universal.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { brier, check, dice, named, p, subjectOf, tidy } from "./madeUpLosses.ts"

beforeAll(useJavascriptEngine)

describe("what laws draw beside the case", () => {
  it.each([
    [named("fallsWithMargin"), "gainSeed"],
    [named("convex"), "otherSeed"],
    [named("pixelOrder"), "orderSeed"],
    [named("mirrored"), "turned"],
    [named("translated"), "down"],
    [named("translated"), "right"],
    [linearInProbability, "otherSeed"],
    [gradientOfValue, "directionSeed"],
  ])("is part of the counterexample, and not always the same: $name", (law: Law, field) => {
    const drawn = fc
      .sample(law.trials(subjectOf(brier)), { numRuns: 60, seed: 5 })
      .map(({ given }) => given[field])
    expect(drawn).not.toContain(undefined)
    expect(new Set(drawn).size).toBeGreaterThan(1)
  })
})

/** Only the first pixel of the batch counts. */
const first = tidy((z, y) => tf.squaredDifference(p(z), y).flatten().slice(0, 1))
const rising = tidy((z) => tf.mean(tf.cumsum(tf.add(p(z), 1), 1)))
const number = "-?\\d\\S*"
let calls = 0

describe("what laws say that they found", () => {
  it.each<readonly [Law, Loss, string]>([
    [
      named("fallsWithMargin"),
      tidy((z, y) => tf.mean(tf.mul(z, y))),
      `${number} before, ${number} when more certain`,
    ],
    [named("convex"), brier, `${number} half-way, ${number} on the chord`],
    [named("complementary"), dice, `${number} as it is, ${number} exchanged`],
    [named("swappable"), tidy((_, y) => tf.mean(y)), `${number} as it is, ${number} exchanged`],
    [named("pixelOrder"), first, `${number} as it is, ${number} reordered`],
    [named("imageOrder"), first, `${number} as it is, ${number} with the images in reverse`],
    [named("mirrored"), first, `${number} as it is, ${number} (upside down|left to right)`],
    [named("translated"), rising, `${number} in the middle, ${number} moved`],
    [named("meanReduction"), tidy((z) => tf.sum(p(z))), `${number} once, ${number} with every image twice`],
    [
      named("resolutionFree"),
      tidy((z) => tf.sum(p(z))),
      `${number} as it is, ${number} with four pixels for each`,
    ],
    [linearInProbability, brier, `${number} half-way, ${number} the mean of the two`],
    [deterministic, tidy((z) => tf.add(tf.mean(z), ++calls)), `${number} first, then ${number}`],
    [
      gradientOfValue,
      tidy((z) => tf.mean(halved(z))),
      `the gradient gives a slope of ${number}, a central difference ${number}`,
    ],
  ])("shows both numbers: $name", (law, loss, found) => {
    const text = checkClaim(subjectOf(loss), holds(law), check).counterexample?.found
    expect(text).toMatch(new RegExp(`^${found}$`))
  })
})

/** z, with half of its slope. */
const halved = tf.customGrad((x) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: (dy: tf.Tensor) => [tf.mul(dy, 0.5)],
}))
