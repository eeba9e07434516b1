import * as tf from "@tensorflow/tfjs-core"

/** What the engine computed against what it should have. */
export interface SelfCheck {
  /** Largest absolute difference over value and gradients. */
  readonly maxDifference: number
  readonly passed: boolean
}

/** One small convolution, forward and backward, against numbers worked by hand:
 *  x = [[1, 2], [3, 4]] and k = [[1, 0], [0, -1]] give y = 1 - 4 = -3; the value y^2 is 9 and its gradients are
 *  2 y x = [-6, -12, -18, -24] in k and 2 y k = [-6, 0, 0, 6] in x. */
export const selfCheck = (): SelfCheck =>
  tf.tidy(() => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1])
    const kernel = tf.tensor4d([1, 0, 0, -1], [2, 2, 1, 1])
    const square = (input: tf.Tensor, filter: tf.Tensor) =>
      tf.sum(tf.square(tf.conv2d(input as tf.Tensor4D, filter as tf.Tensor4D, 1, "valid")))
    const { value, grads } = tf.valueAndGrads(square)([x, kernel])
    const found = tf.concat([tf.reshape(value, [1]), ...grads.map((gradient) => tf.reshape(gradient, [4]))])
    const expected = tf.tensor1d([9, -6, 0, 0, 6, -6, -12, -18, -24])
    const maxDifference = tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0]!
    return { maxDifference, passed: maxDifference < 1e-4 }
  }) as SelfCheck
