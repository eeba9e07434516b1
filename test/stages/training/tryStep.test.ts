import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Failure } from "../../../src/failure/failure.ts"
import { adaptiveFocal, seedCode } from "../../../src/losses/adaptiveFocal.ts"
import { bce } from "../../../src/losses/bce.ts"
import { deepSupervised } from "../../../src/losses/deepSupervised.ts"
import { fixed, type Loss } from "../../../src/losses/loss.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { unet } from "../../../src/models/unet.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import { stepInPrecision } from "../../../src/stages/training/stepInPrecision.ts"
import { stepsDiffer, tryStep } from "../../../src/stages/training/tryStep.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

const model = unet({ depth: 3, baseWidth: 2, batchNorm: true })
const optimizer = sgd({ momentum: 0.9, weightDecay: 0 })
const loss = adaptiveFocal({ ...seedCode, kernel: 2 })

describe("tryStep", () => {
  beforeAll(useJavascriptEngine)

  it("passes a loss that can be trained, and leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    tryStep(
      model,
      deepSupervised({
        losses: Array.from({ length: 4 }, () => loss),
        weights: [1, 1, 1, 1],
      }),
      optimizer,
    )
    expect(tf.memory().numTensors).toBe(before)
  })

  it("tells that there are more outputs than weights", () => {
    const two = deepSupervised({
      losses: Array.from({ length: 2 }, () => loss),
      weights: [1, 1],
    })
    expect(() => tryStep(model, two, optimizer)).toThrow("not one weight for each output")
  })

  it("tells a gradient that is not finite though the value is", () => {
    // sqrt has an infinite slope at 0, and 0 times infinity is NaN.
    const broken = fullResolution(fixed((logits) => tf.sum(tf.sqrt(tf.mul(logits, 0))).asScalar()))
    expect(() => tryStep(model, broken, optimizer)).toThrow(
      expect.objectContaining({
        kind: "numerics",
        problems: [
          {
            path: "train.loss",
            message: "the loss is not finite on a small made-up batch",
            expected: "a finite loss and gradient",
            found: "loss 0, norm of the gradient NaN",
            fix: "look for a fault of the loss, such as the logarithm or the square root of 0",
          },
        ],
      }),
    )
  })

  it("tells a loss that is not finite though its gradient is", () => {
    const broken = fullResolution(
      fixed((logits) => tf.add(tf.mean(logits), Number.POSITIVE_INFINITY) as tf.Scalar),
    )
    expect(() => tryStep(model, broken, optimizer)).toThrow("the loss is not finite on a small made-up batch")
  })

  it("gives the loss and the gradient's norm, and no times where nothing is compiled", () => {
    const objective = fullResolution(bce())
    expect(tryStep(model, objective, optimizer)).toEqual({
      whyEager: null,
      difference: null,
      ...stepInPrecision("float32", model, objective, optimizer),
      milliseconds: { eager: null, compiled: null },
    })
  })
})

describe("stepsDiffer", () => {
  it("tells where the compiled step differs most, and by how much", () => {
    const difference = { where: "step 2: loss", relative: 0.12345, arrays: 3, of: 17 }
    expect(stepsDiffer(difference)).toMatchObject({
      kind: "check",
      problems: [
        {
          path: "train.loss",
          message: "the compiled training step differs from the same step operation by operation",
          expected: "the same bits",
          found: "3 of 17 tensors differ, most of all step 2: loss, by 0.12 of its largest value",
        },
      ],
    })
  })
})

describe.skipIf(whyNoTensorflow !== null)(`tryStep in bfloat16 ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  it("passes a loss that compiles, and leaves no tensors behind", () => {
    const objective = fullResolution(bce())
    tryStep(model, objective, optimizer, "bfloat16") // the engine keeps what it makes once
    const before = tf.memory().numTensors
    expect(tryStep(model, objective, optimizer, "bfloat16")).toMatchObject({ whyEager: null })
    expect(tf.memory().numTensors).toBe(before)
  })

  it("refuses a loss that reads values, which it lets pass in float32", () => {
    const reading = fixed((logits) => tf.mul(tf.mean(logits), logits.dataSync()[0]!) as tf.Scalar)
    const objective = fullResolution(reading)
    expect(tryStep(model, objective, optimizer).whyEager).toContain("the value of a tensor is read")
    let refused: unknown
    try {
      tryStep(model, objective, optimizer, "bfloat16")
    } catch (error) {
      refused = error
    }
    const { kind, problems } = refused as Failure
    expect(kind).toBe("config")
    expect(problems[0]?.fix).toMatch(/, or set train\.precision to float32$/)
  })

  it("tells a number that only the compiled step in bfloat16 makes infinite", () => {
    let calls = 0
    const before = (most: number): Loss => {
      calls = 0
      return fixed((...input) =>
        tf.mul(bce().apply({}, ...input), ++calls <= most ? 1 : Number.POSITIVE_INFINITY),
      )
    }
    tryStep(model, fullResolution(before(Number.POSITIVE_INFINITY)), optimizer)
    const late = before(calls) // finite for as many calls as float32 takes
    expect(() => tryStep(model, fullResolution(late), optimizer, "bfloat16")).toThrow(
      "the loss is not finite on a small made-up batch in bfloat16",
    )
  })
})
