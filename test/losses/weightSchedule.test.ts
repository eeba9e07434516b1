import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import {
  constantWeight,
  cosineWeight,
  linearWeight,
  stairsWeight,
  stepWeight,
  type WeightSchedule,
} from "../../src/losses/weightSchedule.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const weights = (schedule: WeightSchedule, shares: readonly number[]): number[] =>
  shares.map((share) => tf.tidy(() => schedule(tf.scalar(share)).dataSync()[0]!))

/** The weight at the first and at the last step of every epoch. */
const perEpoch = (schedule: WeightSchedule, epochs: number, stepsPerEpoch: number): number[][] =>
  Array.from({ length: epochs }, (_, epoch) => {
    const share = (step: number) => (epoch * stepsPerEpoch + step) / (epochs * stepsPerEpoch)
    return weights(schedule, [share(0), share(stepsPerEpoch - 1)])
  })

const ramp = { from: 2, to: 1, start: 0.2, end: 0.6 }

describe("constantWeight", () => {
  it("is the same all the time", () => {
    expect(weights(constantWeight(0.5), [0, 0.3, 1])).toEqual([0.5, 0.5, 0.5])
  })
})

describe("linearWeight", () => {
  it("goes from one weight to the other within its part of the training", () => {
    // A quarter of the way at 0.3, half at 0.4, three quarters at 0.5.
    expectClose(weights(linearWeight(ramp), [0, 0.2, 0.3, 0.4, 0.5, 0.6, 1]), [2, 2, 1.75, 1.5, 1.25, 1, 1], {
      absolute: 1e-6,
    })
  })
})

describe("cosineWeight", () => {
  it("goes the same way, level at both ends", () => {
    // s = 1/3: (1 - cos 60 degrees) / 2 = 1/4 of the way; s = 1/2: half; s = 2/3: three quarters.
    const shares = [0, 0.2, 0.2 + 0.4 / 3, 0.4, 0.2 + 0.8 / 3, 0.6, 1]
    expectClose(weights(cosineWeight(ramp), shares), [2, 2, 1.75, 1.5, 1.25, 1, 1], { absolute: 1e-6 })
  })
})

describe("stepWeight", () => {
  it("holds each weight from its share on, exactly", () => {
    const schedule = stepWeight({ values: [1, 0.1, 3], at: [0.3, 0.5] })
    const shares = [0, 0.29, 3 / 10, 0.4, 5 / 10, 1]
    expect(weights(schedule, shares)).toEqual([1, 1, 0.1, 0.1, 3, 3].map(Math.fround))
  })

  it("of one weight is constant", () => {
    expect(weights(stepWeight({ values: [4], at: [] }), [0, 1])).toEqual([4, 4])
  })

  it("begins at the first step of the epoch that it names, whatever the number of steps", () => {
    // Epoch 3 of 10 begins at 0.2.
    for (const stepsPerEpoch of [1, 3, 7, 49]) {
      const seen = perEpoch(stepWeight({ values: [0, 1], at: [0.2] }), 10, stepsPerEpoch)
      expect(seen).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1].map((weight) => [weight, weight]))
    }
  })
})

describe("stairsWeight", () => {
  it("holds equally spaced weights for equal parts of its part of the training", () => {
    // Three stairs between 0.2 and 0.8: 1 below 0.4, 2 from there, 3 from 0.6.
    const schedule = stairsWeight({ from: 1, to: 3, start: 0.2, end: 0.8 }, 3)
    expectClose(weights(schedule, [0, 0.2, 0.39, 0.41, 0.59, 0.61, 1]), [1, 1, 1, 2, 2, 3, 3], {
      absolute: 1e-6,
    })
  })

  it("rises by 0.01 with every epoch, while the other weight falls to 0.1, as in Kervadec's trainings", () => {
    // Weights 1 and 0.01 at first; after every epoch the boundary loss takes 0.01 from the region loss, which keeps
    // at least 0.1 (StealWeight of the published code).
    const boundary = stairsWeight({ from: 0.01, to: 1, start: 0, end: 1 }, 100)
    const region = stairsWeight({ from: 1, to: 0.1, start: 0, end: 0.91 }, 91)
    const epochs = Array.from({ length: 100 }, (_, i) => i)
    for (const stepsPerEpoch of [1, 7]) {
      const wanted = (weight: (epoch: number) => number) => epochs.flatMap((i) => [weight(i), weight(i)])
      expectClose(
        perEpoch(boundary, 100, stepsPerEpoch).flat(),
        wanted((i) => 0.01 * (i + 1)),
        {
          absolute: 1e-6,
        },
      )
      expectClose(
        perEpoch(region, 100, stepsPerEpoch).flat(),
        wanted((i) => Math.max(0.1, 1 - 0.01 * i)),
        {
          absolute: 1e-6,
        },
      )
    }
  })
})
