import { test as property } from "@fast-check/vitest"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { complement, type LossCase, row } from "../../src/laws/lossCase.ts"
import { extremeLogit, lossCase } from "../../src/laws/lossCases.ts"
import { plainAdaptiveFocal, plainGammas } from "../../src/laws/plain/plainAdaptiveFocal.ts"
import {
  type AdaptiveFocalOptions,
  adaptiveFocal,
  seedCode,
  seedText,
} from "../../src/losses/adaptiveFocal.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { numericGradient } from "../support/numericGradient.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const code: AdaptiveFocalOptions = { ...seedCode, kernel: 1 }
const text: AdaptiveFocalOptions = { ...seedText, kernel: 1 }
const anyOptions: fc.Arbitrary<AdaptiveFocalOptions> = fc.record({
  difficulty: fc.constantFrom("area", "confidence", "entropy", "mean-loss"),
  variability: fc.constantFrom("area", "disagreement", "std"),
  over: fc.constantFrom("batch", "image"),
  gammaGradient: fc.constantFrom("detached", "attached"),
  gammaFloor: fc.constantFrom(0.01, 0.1),
  gammaCeiling: fc.constantFrom(1.5, 2),
  exponent: fc.constantFrom<AdaptiveFocalOptions["exponent"]>("adaptive", 0, 0.5, 2),
  regionWeight: fc.constantFrom<AdaptiveFocalOptions["regionWeight"]>("adaptive", 1, 2),
  kernel: fc.integer({ min: 1, max: 4 }),
  form: fc.constantFrom("reference", "logits"),
  input: fc.constantFrom("logits", "probabilities-as-logits"),
})

/** Gradient of the plain loops, with gamma held constant when the options say so. */
const plainGradient = (of: LossCase, options: AdaptiveFocalOptions): number[] => {
  const gammas = options.gammaGradient === "detached" ? plainGammas(of, options) : undefined
  return numericGradient((at) => plainAdaptiveFocal(at, options, gammas), of)
}

/** Whether the clip of gamma is so far away that a finite difference does not cross it. */
const unclipped = (of: LossCase, options: AdaptiveFocalOptions, within: number): boolean =>
  plainGammas(of, { ...options, gammaFloor: 0, gammaCeiling: Infinity }).every(
    (gamma) =>
      Math.abs(gamma - options.gammaFloor) > within && Math.abs(gamma - options.gammaCeiling) > within,
  )

describe("adaptiveFocal", () => {
  it("has gamma = 1 - predicted area + annotated area in the code's reading", () => {
    // z = 0: p = 1/2, second mask covers 1 of 4 pixels: gamma = 1 - 0.5 + 0.25 = 0.75. Pixel 0 is hard.
    // Each pixel costs 0.5 x 0.5^0.75 x log 2; weights 0.75 + 3 / 0.75 = 4.75 over 4 pixels.
    const of = row([0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0])
    const expected = (0.5 * 0.5 ** 0.75 * Math.LN2 * 4.75) / 4
    expectClose(lossValue(adaptiveFocal(code), of), expected, { relative: 1e-5 })
  })

  it("has gamma = 1 - confidence + spread of the annotations in the text's reading", () => {
    // z = log 3 and -log 3: p = 3/4, 1/4, |2p - 1| = 1/2; one of two pixels differs: std 1/2, mean 1/4.
    // gamma = 1 - 0.5 + 0.25 = 0.75. Both true classes have p_t = 3/4.
    const of = row([Math.log(3), -Math.log(3)], [1, 0], [0, 0])
    const expected = (0.5 * 0.25 ** 0.75 * Math.log(4 / 3) * (0.75 + 1 / 0.75)) / 2
    expectClose(lossValue(adaptiveFocal(text), of), expected, { relative: 1e-5 })
  })

  it("takes one gamma for each image when told so", () => {
    // Two images of one pixel at z = 0, easy: gammas 0.5 + 1 and 0.5 + 0, or 1 for both over the batch.
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    const cost = (gamma: number) => (0.5 * 0.5 ** gamma * Math.LN2) / gamma
    expectClose(lossValue(adaptiveFocal(code), of), cost(1), { relative: 1e-5 })
    expectClose(lossValue(adaptiveFocal({ ...code, over: "image" }), of), (cost(1.5) + cost(0.5)) / 2, {
      relative: 1e-5,
    })
  })

  it("puts a number in gamma's place as exponent, as region weight, or both", () => {
    // z = 0, pixel 0 of two is hard: 0.5 x 0.5^2 x log 2 x (3 + 1/3) / 2
    const of = row([0, 0], [1, 0], [0, 0])
    const expected = (0.5 * 0.25 * Math.LN2 * (3 + 1 / 3)) / 2
    const fixed = adaptiveFocal({ ...code, exponent: 2, regionWeight: 3 })
    expectClose(lossValue(fixed, of), expected, { relative: 1e-5 })
  })

  it("keeps 1 / gamma finite when all is predicted and nothing annotated", () => {
    // gamma = 1 - 1 + 0, clipped to 0.01. p is clipped to 1 - 1e-6: the cost is that of a sure error.
    const { value, gradient } = lossValueAndGradient(adaptiveFocal(code), row([1e4, 1e4], [0, 0]))
    expectClose(value, (0.5 * -Math.log(2e-6)) / 0.01, { relative: 1e-4 })
    expectClose(gradient, [0, 0], {})
  })

  it("measures every difficulty as 1 on the boundary but the loss, and as 0 where all is sure and right", () => {
    const gammaOf = (difficulty: AdaptiveFocalOptions["difficulty"], z: number) => {
      // exponent 0, z = 0 or sure: one easy pixel costs 0.5 (-log p_t) / gamma, so compare two weights
      const options = { ...code, difficulty, exponent: 0, form: "logits", gammaFloor: 1e-4 } as const
      const easy = lossValue(adaptiveFocal(options), row([z, -z], [1, 0]))
      return lossValue(adaptiveFocal({ ...options, regionWeight: 1 }), row([z, -z], [1, 0])) / easy
    }
    // One of two pixels is annotated: variability 1/2.
    expectClose(gammaOf("confidence", 0), 1.5, { relative: 1e-5 })
    expectClose(gammaOf("entropy", 0), 1.5, { relative: 1e-5 })
    expectClose(gammaOf("area", 0), 1, { relative: 1e-5 })
    expectClose(gammaOf("mean-loss", 0), 0.5 + Math.LN2, { relative: 1e-5 })
    // Sure and right at |z| = 20: 2 sigmoid(-20) = 4e-9 of difficulty are left, and an area of 1/2.
    expectClose(gammaOf("confidence", 20), 0.5, { relative: 1e-5 })
    expectClose(gammaOf("entropy", 20), 0.5, { relative: 1e-5 })
    expectClose(gammaOf("mean-loss", 20), 0.5, { relative: 1e-5 })
    expectClose(gammaOf("area", 20), 1, { relative: 1e-5 })
  })

  property.prop([lossCase(extremeLogit), anyOptions], { numRuns: 150 })(
    "is finite, at least 0 and equal to plain loops in float64",
    (of, options) => {
      const { value, gradient } = lossValueAndGradient(adaptiveFocal(options), of)
      expectClose(value, plainAdaptiveFocal(of, options), { relative: 1e-4, absolute: 1e-6 })
      expect(value).toBeGreaterThanOrEqual(-1e-6)
      expect(gradient.every(Number.isFinite)).toBe(true)
    },
  )

  property.prop([lossCase(), anyOptions], { numRuns: 60 })(
    "has the gradient of plain loops",
    (of, options) => {
      fc.pre(unclipped(of, options, 1e-3))
      const { gradient } = lossValueAndGradient(adaptiveFocal(options), of)
      expectClose(gradient, plainGradient(of, options), { relative: 1e-4, absolute: 1e-5 })
    },
  )

  it("has no preference between the classes where the network does not know", () => {
    // |2p - 1| has a kink at z = 0; with all else equal, the gradients of both classes are opposite.
    const { gradient } = lossValueAndGradient(adaptiveFocal(text), row([0, 0], [1, 0]))
    expectClose(gradient[0]!, -gradient[1]!, { absolute: 1e-7 })
  })

  property.prop([lossCase()], { numRuns: 25 })("maps gamma to 2 - gamma under the complement", (of) => {
    const free = { ...code, gammaFloor: 1e-6 }
    const [gamma] = plainGammas(of, free)
    const fixed = { ...free, exponent: 2 - gamma!, regionWeight: 2 - gamma! }
    fc.pre(gamma! < 1.9)
    expectClose(lossValue(adaptiveFocal(free), complement(of)), lossValue(adaptiveFocal(fixed), of), {
      relative: 1e-4,
      absolute: 1e-6,
    })
  })

  property.prop([lossCase(), fc.integer({ min: 1, max: 4 })], { numRuns: 25 })(
    "does not see the hard region when the region weight is 1",
    (of, kernel) => {
      const options = { ...code, exponent: 1, regionWeight: 1, kernel }
      const expected = lossValue(adaptiveFocal(options), { ...of, second: of.mask })
      expectClose(lossValue(adaptiveFocal(options), of), expected, { absolute: 1e-6 })
    },
  )

  it("of a batch is not the mean over its images in the code's reading", () => {
    const both: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    const first = lossValue(adaptiveFocal(code), row([0], [1]))
    const second = lossValue(adaptiveFocal(code), row([0], [0]))
    expect(Math.abs(lossValue(adaptiveFocal(code), both) - (first + second) / 2)).toBeGreaterThan(0.05)
  })

  it("meets the golden numbers, gamma detached and attached", () => {
    expectClose(plainGammas(golden, code), [1.0683221985], { absolute: 1e-10 })
    const detached = lossValueAndGradient(adaptiveFocal(code), golden)
    expectClose(detached.value, 0.0546993, { absolute: 1e-7 })
    expectClose(detached.gradient.slice(0, 4), [0.00021824, 0.00843135, -0.02427867, -0.0143167], {
      absolute: 1e-7,
    })
    const attached = lossValueAndGradient(adaptiveFocal({ ...code, gammaGradient: "attached" }), golden)
    expectClose(attached.value, 0.0546993, { absolute: 1e-7 })
    expectClose(attached.gradient.slice(0, 4), [0.00073328, 0.01067287, -0.02142849, -0.01163749], {
      absolute: 1e-7,
    })
  })
})
