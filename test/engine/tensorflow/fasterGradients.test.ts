import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

const shape = [2, 3, 4, 1]
const values = Float32Array.from({ length: 24 }, (_, i) => (i - 11) * (i % 5 === 0 ? 30 : 0.7))

/** Gradients of what is replaced, alone and with axes, times other numbers so that they are not all alike. */
const functions: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  sum: (x) => tf.mul(tf.sum(x), 3),
  "sum over axes": (x) => tf.square(tf.sum(tf.square(x), [1, 2])),
  "sum that keeps its axes": (x) => tf.mul(x, tf.sum(x, [0, 3], true)),
  mean: (x) => tf.mul(tf.mean(x), 3),
  "mean over axes": (x) => tf.square(tf.mean(tf.square(x), [1, 2, 3])),
  "mean over negative axes": (x) => tf.square(tf.mean(x, [-1, -2])),
  sigmoid: (x) => tf.square(tf.sigmoid(x)),
  softplus: (x) => tf.square(tf.softplus(x)),
  abs: (x) => tf.mul(tf.abs(x), 2), // its gradient takes step with alpha -1
}

const everything = (): Readonly<Record<string, number[]>> =>
  Object.fromEntries(
    Object.entries(functions).map(([name, f]) => [
      name,
      tf.tidy(() => [
        ...tf
          .grad((x) => tf.sum(f(x)))(tf.tensor(values, shape))
          .dataSync(),
      ]),
    ]),
  )

describe.skipIf(whyNoTensorflow !== null)(`the faster gradients ${whyNoTensorflow ?? ""}`, () => {
  let expected: ReturnType<typeof everything>

  beforeAll(async () => {
    await useJavascriptEngine()
    expected = everything()
    await useTensorflowEngine()
  })

  it.each(Object.keys(functions))("are those of tfjs for %s", (name) => {
    const found = everything()[name]!
    const largest = Math.max(...expected[name]!.map(Math.abs))
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[name]![i]!) / largest).toBeLessThan(1e-6)
    })
  })

  it("are one operation of TensorFlow each, and none that fills an array with ones", async () => {
    const x = tf.tensor(values, shape)
    const profile = await tf.profile(() =>
      tf.tidy(() => void tf.grad((z) => tf.mean(tf.softplus(tf.sigmoid(z))))(x)),
    )
    expect(profile.kernelNames).toEqual(expect.arrayContaining(["LosslabSigmoidGrad", "LosslabSoftplusGrad"]))
    expect(profile.kernelNames).not.toContain("Multiply") // by the ones, in tfjs
    x.dispose()
  })

  it("leave no tensors behind", () => {
    everything()
    const before = tf.memory().numTensors
    for (let i = 0; i < 5; i++) everything()
    expect(tf.memory().numTensors).toBe(before)
  })
})
