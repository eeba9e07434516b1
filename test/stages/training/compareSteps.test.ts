import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { moduleLoss } from "../../../src/config/catalog/moduleLoss.ts"
import { bce } from "../../../src/losses/bce.ts"
import type { Loss } from "../../../src/losses/loss.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { fixed } from "../../../src/losses/scaleLoss.ts"
import { unet } from "../../../src/models/unet.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import { compareSteps } from "../../../src/stages/training/compareSteps.ts"
import { useFolder } from "../../support/folder.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

const write = useFolder()

const network = { depth: 3, baseWidth: 2, batchNorm: true }
const compared = (loss: Loss, dropout = 0) =>
  compareSteps(
    unet({ ...network, dropout }),
    fullResolution(fixed(loss)),
    sgd({ momentum: 0.9, weightDecay: 0 }),
  )

describe.skipIf(whyNoTensorflow !== null)(`compareSteps ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  it("finds the same bits in both ways of running a step, and leaves no tensors behind", () => {
    compared(bce()) // the engine keeps what it makes once
    const before = tf.memory().numTensors
    expect(compared(bce(), 0.5)).toMatchObject({
      whyEager: null,
      difference: null,
      milliseconds: { eager: expect.any(Number), compiled: expect.any(Number) },
    })
    expect(tf.memory().numTensors).toBe(before)
  })

  it("refuses a number of the host that changes from call to call", () => {
    let calls = 0
    const counting: Loss = (...input) => tf.mul(bce()(...input), ++calls)
    expect(() => compared(counting)).toThrow(
      "the function does something else in each call, for the same arguments",
    )
  })

  it("finds what only the second call shows", () => {
    // Calls of the loss: the first step, the trace and its repetition, and the second step.
    let calls = 0
    const late: Loss = (...input) => tf.mul(bce()(...input), ++calls < 4 ? 1 : 2)
    const { difference } = compared(late)
    expect(difference).toMatchObject({ where: expect.stringMatching(/^step 2: /) })
    expect(difference!.relative).toBeGreaterThanOrEqual(0.5)
  })

  it("says why a step is not compiled, and compares nothing", () => {
    const reading: Loss = (logits) => tf.mul(tf.mean(logits), logits.dataSync()[0]!) as tf.Scalar
    expect(compared(reading)).toMatchObject({
      whyEager: "the value of a tensor is read (dataSync, or another read to the host)",
      difference: null,
    })
  })

  it("takes the reading of a user's module for no fault, and its random numbers for one", async () => {
    write("reading.mjs", "export default () => (z) => z.mul(z.dataSync()[0]).mean()\n")
    write("random.mjs", "export default () => (z) => z.mul(Math.random()).mean()\n")
    const own = async (path: string) => (await moduleLoss({ path, options: {} })).apply
    const reading = await own("reading.mjs")
    expect(compared((...input) => reading({}, ...input))).toMatchObject({
      whyEager: expect.stringContaining("the value of a tensor is read"),
    })
    const random = await own("random.mjs")
    expect(() => compared((...input) => random({}, ...input))).toThrow(
      expect.objectContaining({
        kind: "config",
        problems: [
          expect.objectContaining({
            file: "random.mjs",
            message: "random numbers are drawn outside of the engine",
          }),
        ],
      }),
    )
  })
})
