import * as tf from "@tensorflow/tfjs-core"
import { expect } from "vitest"
import type { Loss } from "../../src/losses/loss.ts"
import { gradientCheck } from "../../src/tensor/gradientCheck.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { atStart, type LossCase, map } from "./lossCase.ts"

/** Fails unless the gradient of a loss agrees with a central difference along a direction of random signs. */
export const expectGradientOf = (loss: Loss, { shape, logits, mask, second }: LossCase): void => {
  const draws = rootKey(1).child("direction").draws()
  const signs = logits.map(() => (draws.uniform() < 0.5 ? -1 : 1))
  const { error } = tf.tidy(() => {
    const truth = { mask: map(mask, shape), second: map(second, shape) }
    const at = atStart()
    return gradientCheck((z: tf.Tensor4D) => loss(z, truth, at), map(logits, shape), map(signs, shape))
  })
  expect(error).toBeLessThan(1e-3)
}
