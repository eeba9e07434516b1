import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue, map, truthOf } from "../../src/laws/evaluate.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import { lossCase } from "../../src/laws/lossCases.ts"
import {
  type GammaParameters,
  plainLearnedAdaptiveFocal,
  plainLearnedGammas,
} from "../../src/laws/plain/plainLearnedAdaptiveFocal.ts"
import { adaptiveFocal, seedCode } from "../../src/losses/adaptiveFocal.ts"
import {
  type LearnedAdaptiveFocalOptions,
  learnedAdaptiveFocal,
} from "../../src/losses/learnedAdaptiveFocal.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import type { Params } from "../../src/tensor/tree.ts"
import { valueAndGradient } from "../../src/tensor/valueAndGradient.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: LearnedAdaptiveFocalOptions = { ...seedCode, kernel: 1, gammaPenalty: 0.1 }

const tensors = (numbers: GammaParameters): Params => ({
  offset: tf.scalar(numbers.offset),
  difficulty: tf.scalar(numbers.difficulty),
  variability: tf.scalar(numbers.variability),
})

const started = (options: LearnedAdaptiveFocalOptions): GammaParameters =>
  tf.tidy(() => {
    const { offset, difficulty, variability } = learnedAdaptiveFocal(options).init(rootKey(1))
    const [a, b, c] = [offset, difficulty, variability].map((leaf) => (leaf as tf.Scalar).dataSync()[0]!)
    return { offset: a!, difficulty: b!, variability: c! }
  })

/** Slopes to the parameters. */
const slopes = (options: LearnedAdaptiveFocalOptions, of: LossCase, at: GammaParameters): GammaParameters =>
  tf.tidy(() => {
    const loss = learnedAdaptiveFocal(options)
    const { gradient } = valueAndGradient(
      (params) => ({ value: loss.apply(params, map(of.logits, of.shape), truthOf(of), atOf()), aux: {} }),
      tensors(at),
    )
    const slope = (name: string) => (gradient[name] as tf.Scalar).dataSync()[0]!
    return { offset: slope("offset"), difficulty: slope("difficulty"), variability: slope("variability") }
  })

/** Gradient descent on the parameters while the network stays as it is. */
const gammaAfterDescent = (options: LearnedAdaptiveFocalOptions, of: LossCase, steps: number): number => {
  let at = started(options)
  for (let i = 0; i < steps; i++) {
    const slope = slopes(options, of, at)
    at = {
      offset: at.offset - 20 * slope.offset,
      difficulty: at.difficulty - 20 * slope.difficulty,
      variability: at.variability - 20 * slope.variability,
    }
  }
  return plainLearnedGammas(of, options, at)[0]!
}

const parameters: fc.Arbitrary<GammaParameters> = fc.record({
  offset: fc.constantFrom(-3, -0.5, 0, 2),
  difficulty: fc.constantFrom(-1, 0, 0.5, 4),
  variability: fc.constantFrom(-2, 0, 1),
})
const options: fc.Arbitrary<LearnedAdaptiveFocalOptions> = fc.record({
  difficulty: fc.constantFrom("area", "confidence", "entropy", "mean-loss"),
  variability: fc.constantFrom("area", "disagreement", "std"),
  over: fc.constantFrom("batch", "image"),
  gammaGradient: fc.constantFrom("detached", "attached"),
  gammaFloor: fc.constantFrom(0.01, 0.1),
  gammaCeiling: fc.constantFrom(1.5, 4),
  exponent: fc.constantFrom<LearnedAdaptiveFocalOptions["exponent"]>("adaptive", 0.5),
  regionWeight: fc.constantFrom<LearnedAdaptiveFocalOptions["regionWeight"]>("adaptive", 2),
  kernel: fc.constantFrom(1, 3),
  form: fc.constantFrom("reference", "logits"),
  input: fc.constantFrom("logits", "probabilities-as-logits"),
  gammaPenalty: fc.constantFrom(0, 0.1, 1),
})

describe("learnedAdaptiveFocal", () => {
  it("starts at gamma 1, whatever the bounds: half a focal loss of exponent 1, without penalty", () => {
    const start = (bounds: object) =>
      tf.tidy(() => {
        const loss = learnedAdaptiveFocal({ ...usual, ...bounds, gammaPenalty: 1 })
        return lossValue(loss, golden, loss.init(rootKey(1)))
      })
    const fixedGamma = lossValue(adaptiveFocal({ ...usual, exponent: 1, regionWeight: 1 }), golden)
    expectClose(start({}), fixedGamma, { relative: 1e-5 })
    expectClose(start({ gammaFloor: 0.5, gammaCeiling: 10 }), fixedGamma, { relative: 1e-5 })
  })

  it("adds gammaPenalty (log gamma)^2", () => {
    // offset 0, floor 0.01, ceiling 8: gamma (0.01 + 8) / 2 = 4.005 whatever is measured
    const at = { offset: 0, difficulty: 0, variability: 0 }
    const value = (gammaPenalty: number) =>
      tf.tidy(() =>
        lossValue(learnedAdaptiveFocal({ ...usual, gammaCeiling: 8, gammaPenalty }), golden, tensors(at)),
      )
    expectClose(value(0.5) - value(0), 0.5 * Math.log(4.005) ** 2, { relative: 1e-5 })
  })

  property.prop([lossCase(), options, parameters], { numRuns: 60 })(
    "equals plain loops in float64, with the slopes to its parameters",
    (of, options, at) => {
      const loss = learnedAdaptiveFocal(options)
      const value = tf.tidy(() => lossValue(loss, of, tensors(at)))
      expectClose(value, plainLearnedAdaptiveFocal(of, options, at), { relative: 1e-5, absolute: 1e-6 })
      const found = slopes(options, of, at)
      const numeric = (name: keyof GammaParameters) => {
        const moved = (h: number) => plainLearnedAdaptiveFocal(of, options, { ...at, [name]: at[name] + h })
        return (moved(1e-5) - moved(-1e-5)) / 2e-5
      }
      for (const name of ["offset", "difficulty", "variability"] as const)
        expectClose(found[name], numeric(name), { relative: 1e-3, absolute: 1e-5 })
    },
  )

  it("without its penalty would raise gamma to the ceiling, with it stays near 1", () => {
    // The network is right on all pixels but one: the loss falls with the exponent, and with an easy pixel's 1 / gamma.
    const of: LossCase = { ...golden, logits: [-3, -1, 2, 0.5, 1, 2, 3, -0.2], second: golden.mask }
    expect(gammaAfterDescent({ ...usual, gammaPenalty: 0 }, of, 40)).toBeGreaterThan(1.9)
    const held = gammaAfterDescent(usual, of, 40)
    expect(held).toBeGreaterThan(1)
    expect(held).toBeLessThan(1.4)
  })

  it("refuses bounds that do not hold 1", () => {
    expect(() => learnedAdaptiveFocal({ ...usual, gammaCeiling: 1 })).toThrow("gammaFloor < 1 < gammaCeiling")
  })
})
