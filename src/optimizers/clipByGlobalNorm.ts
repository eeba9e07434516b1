import * as tf from "@tensorflow/tfjs-core"
import { mapTree } from "../tensor/tree.ts"
import { globalNorm } from "./globalNorm.ts"
import type { Transform } from "./transform.ts"

export interface ClipByGlobalNormOptions {
  /** Largest norm let through; above it the whole gradient is scaled down to it. */
  readonly norm: number
}

/** Keeps the direction of the gradient and bounds its length: g * min(1, norm / (|g| + 1e-6)).
 *  Stands before the link that makes the step. Source: Pascanu et al. 2013; the 1e-6 is PyTorch's. */
export const clipByGlobalNorm = ({ norm }: ClipByGlobalNormOptions): Transform => ({
  init: () => ({}),
  update: (updates) => {
    const factor = tf.minimum(1, tf.div(norm, tf.add(globalNorm(updates), 1e-6)))
    return { updates: mapTree(updates, (leaf) => tf.mul(leaf, factor)), slots: {} }
  },
})
