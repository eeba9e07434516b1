import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { bce } from "../../../../src/losses/bce.ts"
import { fixed } from "../../../../src/losses/loss.ts"
import { fullResolution } from "../../../../src/losses/objective.ts"
import { unet } from "../../../../src/models/unet.ts"
import { sgd } from "../../../../src/optimizers/sgd.ts"
import type { TrainOptions } from "../../../../src/stages/train.ts"
import { oneWeightTraining, trained } from "../../../support/oneWeightTraining.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../../support/tensorflow.ts"

describe.skipIf(whyNoTensorflow !== null)(`a compiled training ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  const training = (changes: Partial<TrainOptions>) => {
    const model = unet({ depth: 3, baseWidth: 2 })
    const { options, sampler } = oneWeightTraining({ count: 4 }, { epochs: 1, ...changes })
    // Nothing in it watches: a number that is read cannot be compiled.
    return trained({ options: { ...options, model, optimizer: sgd() }, sampler })
  }
  const plain = fullResolution(bce())
  /** A loss that reads its logits. */
  const reading = fullResolution(
    fixed((logits) => tf.mul(tf.mean(logits), logits.dataSync()[0]!) as tf.Scalar),
  )

  it("warns once that a loss reads values and so runs operation by operation", async () => {
    const { events } = await training({ objective: reading })
    expect(events.map(({ event }) => event)).toEqual(["warning", "step", "step", "epoch"])
    expect(events[0]).toEqual({
      event: "warning",
      message: expect.stringMatching(
        /^the training step runs operation by operation, which is slower: the value of a tensor is read/,
      ),
    })
  })

  it("computes in the precision that it is told to", async () => {
    const [float32, bfloat16, again] = [
      await training({ objective: plain }),
      await training({ objective: plain, precision: "bfloat16" }),
      await training({ objective: plain, precision: "float32" }),
    ]
    expect(again.weights).toEqual(float32.weights)
    expect(bfloat16.weights).not.toEqual(float32.weights)
    // Eight bits of a number are not much: but the loss is the same to a few percent.
    const [loss, rounded] = [float32, bfloat16].map(({ history }) => history.epochs[0]!.loss)
    expect(Math.abs(rounded! / loss! - 1)).toBeLessThan(0.05)
    await expect(training({ objective: reading, precision: "bfloat16" })).rejects.toMatchObject({
      kind: "config",
    })
  })
})
