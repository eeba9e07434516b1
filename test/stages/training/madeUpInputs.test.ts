import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { secondAnnotator } from "../../../src/losses/loss.ts"
import type { Objective } from "../../../src/losses/objective.ts"
import { unet } from "../../../src/models/unet.ts"
import { batchTensors } from "../../../src/stages/training/batches.ts"
import { madeUpBatch } from "../../../src/stages/training/madeUpBatch.ts"
import { madeUpInputs, madeUpSize } from "../../../src/stages/training/madeUpInputs.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("madeUpInputs", () => {
  it("gives every step another batch, key, rate, progress and number", () => {
    const objective = { needs: secondAnnotator } as Objective
    tf.tidy(() => {
      const steps = [0, 1].map((i) => madeUpInputs(16, objective, i))
      for (const [i, { batch }] of steps.entries()) {
        const expected = batchTensors(madeUpBatch(16, secondAnnotator, i))
        expect(batch.images.dataSync()).toEqual(expected.images.dataSync())
        expect(batch.truths[0]!.second!.dataSync()).toEqual(expected.truths[0]!.second!.dataSync())
      }
      const numbers = steps.map(({ at: { progress, learningRate, step } }) =>
        [progress, learningRate, step].map((tensor) => tensor.dataSync()[0]!),
      )
      expect(numbers).toEqual([
        [0, Math.fround(0.01), 1],
        [0.5, Math.fround(0.005), 2],
      ])
      const keys = steps.map(({ at: { key } }) => key)
      expect(keys.map(({ dtype, shape }) => [dtype, shape])).toEqual(Array(2).fill(["int32", [2]]))
      expect(keys[0]!.dataSync()).not.toEqual(keys[1]!.dataSync())
    })
  })
})

describe("madeUpSize", () => {
  it("is what the network can halve, and 16 at least", () => {
    expect([3, 4, 5].map((depth) => madeUpSize(unet({ depth, baseWidth: 1 })))).toEqual([16, 16, 32])
  })
})
