import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { nothing, secondAnnotator } from "../../../src/losses/loss.ts"
import type { Objective } from "../../../src/losses/objective.ts"
import { unet } from "../../../src/models/unet.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import { madeUpInputs } from "../../../src/stages/training/madeUpInputs.ts"
import { stepInPrecision } from "../../../src/stages/training/stepInPrecision.ts"
import { initTrainState } from "../../../src/stages/training/trainState.ts"
import { trainStep } from "../../../src/stages/training/trainStep.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("stepInPrecision", () => {
  it("tells the loss and the gradient's norm of the first step on the made-up batch", () => {
    const [model, optimizer] = [unet({ depth: 3, baseWidth: 1 }), sgd()]
    const shapes: (readonly number[])[] = []
    const objective: Objective = {
      needs: secondAnnotator,
      init: () => ({}),
      apply: (_params, [logits], [truth], { progress }) => {
        shapes.push(logits!.shape)
        return tf.add(tf.mean(tf.square(tf.sub(logits!, truth!.second!))), progress)
      },
    }
    const found = stepInPrecision("float32", model, objective, optimizer)
    const expected = tf.tidy(() => {
      const { batch, at } = madeUpInputs(16, objective, 0)
      const start = initTrainState(model, objective, optimizer, rootKey(0))
      const { loss, gradientNorm } = trainStep(model, objective, optimizer)(start, batch, at)
      return [loss, gradientNorm].map((value) => value.dataSync()[0]) as never
    }) as [number, number]
    expect([found.loss, found.gradientNorm]).toEqual(expected)
    expect(shapes[0]).toEqual([2, 16, 16, 1])
  })

  it("leaves no tensors behind", () => {
    const learning: Objective = {
      needs: nothing,
      init: () => ({ weight: tf.scalar(1) }),
      apply: ({ weight }, [logits]) => tf.mul(tf.mean(logits!), weight as tf.Scalar),
    }
    const before = tf.memory().numTensors
    stepInPrecision("float32", unet({ depth: 3, baseWidth: 1 }), learning, sgd())
    expect(tf.memory().numTensors).toBe(before)
  })
})
