import * as tf from "@tensorflow/tfjs-core"
import { expect } from "vitest"
import { gradientCheck } from "../../src/tensor/gradientCheck.ts"
import { sines } from "./sines.ts"

/** An operation of some tensors. */
export type Op = (...inputs: tf.Tensor[]) => tf.Tensor

/** Value of an operation, and its gradients by all inputs when what it returns has gradient sines(1). */
export const withGradients = (op: Op, inputs: tf.Tensor[]): { y: number[]; gradients: number[][] } =>
  tf.tidy(() => {
    const y = op(...inputs)
    const weights = sines(1, y.shape)
    const gradients = tf.grads((...at) => tf.sum(tf.mul(op(...at), weights)))(inputs)
    return { y: [...y.dataSync()], gradients: gradients.map((gradient) => [...gradient.dataSync()]) }
  }) as unknown as { y: number[]; gradients: number[][] }

/** Fails unless the gradient by each input is that of central differences, along a direction. */
export const expectGradients = (op: Op, inputs: tf.Tensor[]): void => {
  tf.tidy(() => {
    inputs.forEach((input, i) => {
      const f = (at: tf.Tensor) => {
        const y = op(...inputs.with(i, at))
        return tf.sum(tf.mul(y, sines(1, y.shape))) as tf.Scalar
      }
      expect(gradientCheck(f, input, sines(7 + i, input.shape)).error, `input ${i}`).toBeLessThan(1e-4)
    })
  })
}

/** Fails unless an operation and its gradient free everything but what they return. */
export const expectNothingLeft = (op: Op, inputs: tf.Tensor[]): void => {
  const before = tf.memory().numTensors
  const y = op(...inputs)
  expect(tf.memory().numTensors).toBe(before + 1)
  y.dispose()
  withGradients(op, inputs)
  expect(tf.memory().numTensors).toBe(before)
}
