import type * as tf from "@tensorflow/tfjs-core"

/** What a chain of operations makes of x, each result freed as soon as the next is there: memory that was just used is
 *  handed out again, where fresh pages cost as much as the operation. Only for what is not differentiated.
 *  @example inTurn(x, tf.square, tf.exp) */
export const inTurn = (x: tf.Tensor, ...steps: readonly ((at: tf.Tensor) => tf.Tensor)[]): tf.Tensor =>
  steps.reduce((at, step) => {
    const next = step(at)
    if (at !== x) at.dispose()
    return next
  }, x)
