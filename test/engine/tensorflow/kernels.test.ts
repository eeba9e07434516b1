import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { batchNorm, batchNormInference } from "../../../src/tensor/ops/batchNorm.ts"
import { relu } from "../../../src/tensor/ops/relu.ts"
import { statelessNormal } from "../../../src/tensor/ops/statelessNormal.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

const shape = [2, 5, 4, 3] as const
const size = 2 * 5 * 4 * 3
const values = (seed: number, count = size) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(seed + 1.7 * i * (i + 1)))

/** Everything that the two ops compute, as plain numbers, on the engine in charge. */
const everything = (): number[][] =>
  tf.tidy(() => {
    const x = tf.tensor4d(values(1), [...shape])
    const scale = tf.tensor1d([0.5, 2, -1])
    const offset = tf.tensor1d([1, 0, -1])
    const weights = tf.tensor4d(values(2), [...shape])
    const { y, mean, variance } = batchNorm(x, scale, offset, 1e-3)
    const inferred = batchNormInference(x, scale, offset, mean, variance, 1e-3)
    const gradients = tf.grads((...[a, b, c]: tf.Tensor[]) => {
      const normal = batchNorm(a as tf.Tensor4D, b as tf.Tensor1D, c as tf.Tensor1D, 1e-3).y
      return tf.sum(tf.mul(relu(normal), weights))
    })([x, scale, offset])
    return [y, mean, variance, inferred, relu(x), ...gradients].map((tensor) => [...tensor.dataSync()])
  }) as number[][]

describe.skipIf(whyNoTensorflow !== null)(`the fused kernels ${whyNoTensorflow ?? ""}`, () => {
  let expected: number[][]

  beforeAll(async () => {
    await useJavascriptEngine()
    expected = everything()
    await useTensorflowEngine()
  })

  it("equal the plain implementations, gradients included", () => {
    const found = everything()
    found.forEach((numbers, i) => {
      const scale = Math.max(...expected[i]!.map(Math.abs))
      const difference = Math.max(...numbers.map((number, j) => Math.abs(number - expected[i]![j]!)))
      expect(difference / scale).toBeLessThan(1e-5)
    })
  })

  it("run the fused operations", async () => {
    const profile = await tf.profile(() => tf.tidy(() => void everything()))
    expect(profile.kernelNames).toContain("LosslabBatchNormGrad")
    // The plain implementations would leave their own kernels in the profile.
    expect(profile.kernelNames).not.toContain("Mean")
    expect(profile.kernelNames).not.toContain("Step")
  })

  it("draw normal numbers that depend on the key alone", () => {
    const draw = (...key: [number, number]) =>
      tf.tidy(() => [...statelessNormal(tf.tensor1d(key, "int32"), [2, 500]).dataSync()])
    const found = draw(1, 2)
    expect(draw(1, 2)).toEqual(found)
    expect(draw(2, 1)).not.toEqual(found)
    // The mean of 1000 has standard error 0.032, the variance 0.045.
    const mean = found.reduce((sum, x) => sum + x) / 1000
    const variance = found.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 1000
    expect(Math.abs(mean)).toBeLessThan(0.15)
    expect(Math.abs(variance - 1)).toBeLessThan(0.2)
  })

  it("leave no tensors behind", () => {
    everything()
    const before = tf.memory().numTensors
    for (let i = 0; i < 20; i++) everything()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe.skipIf(whyNoTensorflow !== null)(`kernels of tfjs, replaced ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  it("step keeps what is not a number", () => {
    const x = tf.tensor1d([Number.NaN, -2, 0, 3])
    const [steps, signs] = [tf.step(x), tf.step(x, -1)]
    expect([...steps.dataSync()]).toEqual([Number.NaN, 0, 0, 1])
    expect([...signs.dataSync()]).toEqual([Number.NaN, -1, -1, 1])
    tf.dispose([x, steps, signs])
  })

  // Rows [1, 2, 3] and [4, 5, 6]: columns 2 and 0 of each; rows 1 and 1; by batch, column 2 of the first row and
  // column 0 of the second.
  it.each([
    ["along columns", [2, 0], 1, 0, [3, 1, 6, 4]],
    ["along rows", [1, 1], 0, 0, [4, 5, 6, 4, 5, 6]],
    ["by batch", [[2], [0]], 1, 1, [3, 4]],
  ])("gather picks %s", (_, indices, axis, batchDims, expected) => {
    const [x, at] = [tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), tf.tensor(indices, undefined, "int32")]
    const picked = tf.gather(x, at as tf.Tensor1D, axis, batchDims)
    expect([...picked.dataSync()]).toEqual(expected)
    tf.dispose([x, at, picked])
  })

  it("gather refuses an index that is out of bounds", () => {
    const [x, at] = [tf.tensor1d([1, 2, 3]), tf.tensor1d([0, 3], "int32")]
    expect(() => tf.gather(x, at)).toThrow("TensorFlow's GatherV2 failed")
    tf.dispose([x, at])
  })
})
