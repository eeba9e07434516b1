import * as tf from "@tensorflow/tfjs-core"

const constant = tf.customGrad((x) => {
  const input = x as tf.Tensor
  return { value: tf.clone(input), gradFunc: (dy: tf.Tensor) => [tf.zerosLike(dy)] }
})

/** x as a constant with respect to the gradient; never a read to the host. tfjs-core has no such op. */
export const stopGradient = <T extends tf.Tensor>(x: T): T => constant(x) as T
