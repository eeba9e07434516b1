import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { nothing } from "../../../../src/losses/loss.ts"
import type { Objective } from "../../../../src/losses/objective.ts"
import { useJavascriptEngine } from "../../../support/engine.ts"
import { checkpointsInMemory, oneWeightTraining, trained } from "../../../support/oneWeightTraining.ts"

beforeAll(useJavascriptEngine)

/** The mean logit, and from some share of the training on something else. */
const breaking = (from: number, broken: (logits: tf.Tensor) => tf.Tensor): Objective => ({
  needs: nothing,
  init: () => ({}),
  apply: (_params, [logits], _truths, { progress }) =>
    tf.mean(progress.dataSync()[0]! >= from ? broken(logits!) : logits!),
})

const failing = async (objective: Objective) => {
  // 5 slices in batches of 2: the second step of the second epoch is the fifth of 6, from 4/6 on.
  const made = oneWeightTraining({ count: 5 }, { epochs: 2, objective })
  const checkpoints = checkpointsInMemory()
  const before = tf.memory().numTensors
  const failed: unknown = await trained(made, checkpoints).catch((error: unknown) => error)
  expect(tf.memory().numTensors).toBe(before)
  return { failed, written: checkpoints.written, seen: made.seen }
}

describe("a training whose numbers are not finite", () => {
  it.each([
    ["loss", "NaN", (logits: tf.Tensor) => tf.mul(logits, Number.NaN)],
    ["loss", "Infinity", (logits: tf.Tensor) => tf.add(tf.mul(logits, 0), Number.POSITIVE_INFINITY)],
    // The root of 0 is 0, and its slope times 0 is not a number.
    ["gradient's norm", "NaN", (logits: tf.Tensor) => tf.sqrt(tf.mul(logits, 0))],
  ])("stops at the step whose %s is %s, and names its place and slices", async (name, found, broken) => {
    const { failed, written, seen } = await failing(breaking(4 / 6, broken))
    expect(seen).toHaveLength(5)
    const slices = seen[4]!.slices.map(([, last]) => `case_${(last - 1) >> 1}/${(last - 1) & 1}`)
    expect(slices).toHaveLength(2)
    expect(failed).toMatchObject({
      kind: "numerics",
      problems: [
        {
          path: "train.loss",
          message: `the ${name} is not finite at epoch 2, step 2`,
          expected: "a finite number",
          found: `${found}, for the batch of ${slices.join(", ")}`,
          fix: "lower the learning rate, or clip the gradient (optimizer chain with clipByGlobalNorm)",
        },
      ],
    })
    // Nothing is kept of the epoch.
    expect(written.map(({ epochs }) => epochs.length)).toEqual([1])
  })
})
