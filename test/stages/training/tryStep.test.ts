import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { adaptiveFocal, seedCode } from "../../../src/losses/adaptiveFocal.ts"
import { deepSupervised } from "../../../src/losses/deepSupervised.ts"
import { secondAnnotator } from "../../../src/losses/loss.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { fixed } from "../../../src/losses/scaleLoss.ts"
import { unet } from "../../../src/models/unet.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import { tryStep } from "../../../src/stages/training/tryStep.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const model = unet({ depth: 3, baseWidth: 2, batchNorm: true })
const optimizer = sgd({ momentum: 0.9, weightDecay: 0 })
const loss = adaptiveFocal({ ...seedCode, kernel: 2 })

describe("tryStep", () => {
  it("passes a loss that can be trained, and leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    tryStep(
      model,
      deepSupervised({
        losses: Array.from({ length: 4 }, () => fixed(loss, secondAnnotator)),
        weights: [1, 1, 1, 1],
      }),
      optimizer,
    )
    expect(tf.memory().numTensors).toBe(before)
  })

  it("tells that there are more outputs than weights", () => {
    const two = deepSupervised({
      losses: Array.from({ length: 2 }, () => fixed(loss, secondAnnotator)),
      weights: [1, 1],
    })
    expect(() => tryStep(model, two, optimizer)).toThrow("not one weight for each output")
  })

  it("tells a gradient that is not finite though the value is", () => {
    // sqrt has an infinite slope at 0, and 0 times infinity is NaN.
    const broken = fullResolution(fixed((logits) => tf.sum(tf.sqrt(tf.mul(logits, 0))).asScalar()))
    expect(() => tryStep(model, broken, optimizer)).toThrow("not finite")
  })
})
