import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { moduleLoss } from "../../../src/config/catalog/moduleLoss.ts"
import { bce } from "../../../src/losses/bce.ts"
import { fixed, type Loss } from "../../../src/losses/loss.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { weighted } from "../../../src/losses/weighted.ts"
import { unet } from "../../../src/models/unet.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import { compareSteps } from "../../../src/stages/training/compareSteps.ts"
import { useFolder } from "../../support/folder.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

const write = useFolder()

const network = { depth: 3, baseWidth: 2, batchNorm: true }
const compared = (loss: Loss, dropout = 0) =>
  compareSteps(unet({ ...network, dropout }), fullResolution(loss), sgd({ momentum: 0.9, weightDecay: 0 }))

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
    const counting = fixed((...input) => tf.mul(bce().apply({}, ...input), ++calls))
    expect(() => compared(counting)).toThrow(
      "the function does something else in each call, for the same arguments",
    )
  })

  it("finds what only the second call shows", () => {
    // Calls of the loss: the first step, the trace and its repetition, and the second step.
    let calls = 0
    const late = fixed((...input) => tf.mul(bce().apply({}, ...input), ++calls < 4 ? 1 : 2))
    const { difference } = compared(late)
    expect(difference).toMatchObject({ where: expect.stringMatching(/^step 2: /) })
    expect(difference!.relative).toBeGreaterThanOrEqual(0.5)
  })

  it("finds what only the first call shows", () => {
    // The first call is that of the step operation by operation, before the trace.
    let calls = 0
    const early = fixed((...input) => tf.mul(bce().apply({}, ...input), ++calls === 1 ? 2 : 1))
    const { difference } = compared(early)
    expect(difference).toMatchObject({ where: expect.stringMatching(/^step 1: /) })
    // The loss is half of what it should be, and so are norm and velocities; nothing of the second step differs.
    expect(difference!.relative).toBeCloseTo(0.5, 2)
    expect(difference!.arrays).toBeLessThan(difference!.of / 2)
  })

  it("changes every input from the first step to the second, and goes on from its state", () => {
    const seen: number[][] = []
    let calls = 0
    // Calls 1 and 4 are operation by operation; between them lie the trace and its repetition, which read nothing.
    const watched = fixed((logits, truth, at) => {
      if ([1, 4].includes(++calls))
        seen.push([at.progress, tf.sum(truth.mask), tf.mean(logits)].map((value) => value.dataSync()[0]!))
      return bce().apply({}, logits, truth, at)
    })
    expect(compared(watched).difference).toBeNull()
    // Squares of 8 x 8 pixels, then of 6 x 6, twice.
    expect(seen.map(([progress, pixels]) => [progress, pixels])).toEqual([
      [0, 128],
      [0.5, 72],
    ])
    expect(seen[1]![2]).not.toBe(seen[0]![2])
  })

  it("tells the loss and the gradient's norm of the first step", () => {
    const { loss, gradientNorm } = compared(bce())
    // Of bits that are as likely as not.
    expect(Math.abs(loss / Math.LN2 - 1)).toBeLessThan(1)
    expect(compared(weighted(bce(), 4))).toMatchObject({
      loss: expect.closeTo(4 * loss, 4),
      gradientNorm: expect.closeTo(4 * gradientNorm, 3),
    })
  })

  it("says why a step is not compiled, and compares nothing", () => {
    const reading = fixed((logits) => tf.mul(tf.mean(logits), logits.dataSync()[0]!) as tf.Scalar)
    expect(compared(reading)).toMatchObject({
      whyEager: "the value of a tensor is read (dataSync, or another read to the host)",
      difference: null,
    })
  })

  it("takes the reading of a user's module for no fault, and its random numbers for one", async () => {
    write("reading.mjs", "export default () => (z) => z.mul(z.dataSync()[0]).mean()\n")
    write("random.mjs", "export default () => (z) => z.mul(Math.random()).mean()\n")
    const own = async (path: string) => await moduleLoss({ path, options: {} })
    const reading = await own("reading.mjs")
    expect(compared(reading)).toMatchObject({
      whyEager: expect.stringContaining("the value of a tensor is read"),
    })
    const random = await own("random.mjs")
    expect(() => compared(random)).toThrow(
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
