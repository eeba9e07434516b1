import { readFileSync } from "node:fs"
import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue, map, truthOf } from "../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../src/laws/lossCase.ts"
import { extremeLogit, lossCase } from "../../src/laws/lossCases.ts"
import { plainAleatoric } from "../../src/laws/plain/plainAleatoric.ts"
import { aleatoric, aleatoricWithNoise } from "../../src/losses/aleatoric.ts"
import { bce } from "../../src/losses/bce.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

interface Reference {
  readonly expectations: readonly {
    readonly input: LossCase
    readonly noise: number[][]
    readonly results: readonly {
      readonly sigma: number
      readonly value: number
      readonly gradient: readonly number[]
      readonly toSigma: number
    }[]
  }[]
}

/** Value and slopes, for noise that is given: a list for each copy. */
const withNoise = (of: LossCase, sigma: number, noise: number[][]) =>
  tf.tidy(() => {
    const { mask } = truthOf(of)
    const { value, grads } = tf.valueAndGrads((...[z, s]: tf.Tensor[]) =>
      aleatoricWithNoise(z as tf.Tensor4D, mask, s as tf.Scalar, tf.tensor2d(noise)),
    )([map(of.logits, of.shape), tf.scalar(sigma)])
    return {
      value: value.dataSync()[0]!,
      toLogits: [...grads[0]!.dataSync()],
      toSigma: grads[1]!.dataSync()[0]!,
    }
  })

describe("aleatoric", () => {
  it("is -log of the mean probability of the true class over the copies", () => {
    // z = 0, sigma = log 3, noise 1 and 0: p = 3/4 and 1/2, mean 5/8.
    // d/dz: -(sum of p (1 - p)) / (sum of p) = -(3/16 + 1/4) / (5/4) = -0.35;
    // d/dsigma: the same with each term times its noise, -(3/16) / (5/4) = -0.15.
    const { value, toLogits, toSigma } = withNoise(row([0], [1]), Math.log(3), [[1], [0]])
    expectClose(value, -Math.log(5 / 8), { relative: 1e-6 })
    expectClose(toLogits, [-0.35], { relative: 1e-6 })
    expectClose(toSigma, -0.15, { relative: 1e-6 })
  })

  it("averages over pixels, each with noise of its own", () => {
    // Two pixels, truth 1 and 0, sigma = log 3, one copy: z = log 3 and -log 3, p_t = 3/4 both.
    const { value } = withNoise(row([0, 0], [1, 0]), Math.log(3), [[1, -1]])
    expectClose(value, Math.log(4 / 3), { relative: 1e-6 })
  })

  it("stays finite however large noise and logits are", () => {
    // The copies are +1e4 and -1e4: of the true class's probability 1 and 0, mean 1/2.
    const { value, toLogits } = withNoise(row([0], [1]), 1e4, [[1], [-1]])
    expectClose(value, Math.LN2, { relative: 1e-6 })
    expectClose(toLogits, [0], { absolute: 1e-7 })
    // No copy is anywhere near right: -log of the best, 1e4 - 20, less log 2 for the other.
    expectClose(withNoise(row([-1e4], [1]), 10, [[2], [-1]]).value, 1e4 - 20 + Math.LN2, { relative: 1e-6 })
  })

  property.prop(
    [lossCase(extremeLogit, { soft: true }), fc.constantFrom(0, 0.5, 3, 100), fc.integer({ min: 1, max: 4 })],
    {
      numRuns: 40,
    },
  )("equals plain loops in float64 for any given noise", (of, sigma, copies) => {
    const noise = Array.from({ length: copies }, (_, t) =>
      of.logits.map((_, i) => Math.fround(Math.sin(1 + t + 5 * i))),
    )
    expectClose(withNoise(of, sigma, noise).value, plainAleatoric(of, sigma, noise), {
      relative: 1e-5,
      absolute: 1e-6,
    })
  })

  it("has the values and gradients of PyTorch for given noise (test/fixtures/make/aleatoric.py)", () => {
    const file = new URL("../fixtures/aleatoric.json", import.meta.url)
    const { expectations } = JSON.parse(readFileSync(file, "utf8")) as Reference
    expect(expectations.length).toBe(14)
    for (const { input, noise, results } of expectations)
      for (const expected of results) {
        const { value, toLogits, toSigma } = withNoise(input, expected.sigma, noise)
        expectClose(value, expected.value, { relative: 1e-5, absolute: 1e-7 })
        const largest = Math.max(...expected.gradient.map(Math.abs))
        expectClose(toLogits, expected.gradient, { relative: 1e-5, absolute: 1e-5 * largest })
        expectClose(toSigma, expected.toSigma, { relative: 1e-5, absolute: 1e-6 })
      }
  })

  const noisy = aleatoric({ sigma: 1, samples: 5 })
  const of = row([-2, 0.5, 3, 1], [1, 0, 1, 0])
  const valueAt = (...key: [number, number]) =>
    tf.tidy(() => {
      const at = { ...atOf(), key: tf.tensor1d(key, "int32") }
      return noisy.apply({}, map(of.logits, of.shape), truthOf(of), at).dataSync()[0]!
    })

  it("draws by the step's key alone", () => {
    expect(valueAt(1, 2)).toBe(valueAt(1, 2))
    expect(valueAt(1, 2)).not.toBe(valueAt(1, 3))
  })

  it("without noise is cross-entropy", () => {
    const still = aleatoric({ sigma: 0, samples: 5 })
    expect(lossValue(still, of)).toBe(lossValue(bce(), of))
  })

  it("learned starts at sigma 1, and learns to be unsure of an error and sure of a hit", () => {
    const learned = aleatoric({ sigma: "learned", samples: 20 })
    const slopeAt = (of: LossCase) =>
      tf.tidy(() => {
        const { value, grads } = tf.valueAndGrads((...[softSigma]: tf.Tensor[]) =>
          learned.apply({ softSigma: softSigma! }, map(of.logits, of.shape), truthOf(of), atOf()),
        )(Object.values(learned.init({} as never)) as tf.Tensor[])
        return { value: value.dataSync()[0]!, slope: grads[0]!.dataSync()[0]! }
      })
    const error = row([-3, 3], [1, 0])
    const fixedAt = (sigma: number) => lossValue(aleatoric({ sigma, samples: 20 }), error)
    expectClose(slopeAt(error).value, fixedAt(1), { relative: 1e-6 })
    // sigma = softplus(s) has the slope sigmoid(s) = 1 - 1/e where it is 1.
    const toSigma = (fixedAt(1.01) - fixedAt(0.99)) / 0.02
    expectClose(slopeAt(error).slope, toSigma * (1 - 1 / Math.E), { relative: 1e-3 })
    expect(slopeAt(error).slope).toBeLessThan(0)
    expect(slopeAt(row([3, -3], [1, 0])).slope).toBeGreaterThan(0)
  })
})
