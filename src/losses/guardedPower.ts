import * as tf from "@tensorflow/tfjs-core"

/** x^exponent for x >= floor, and the chord x floor^(exponent - 1) below: continuous, 0 at 0, and with a slope
 *  of at most floor^(exponent - 1) where that of a power below 1 grows without bound (and is NaN at 0 in tf).
 *  @param x at least 0, any shape
 */
export const guardedPower = <T extends tf.Tensor>(x: T, exponent: number, floor: number): T => {
  const chord = (x: tf.Tensor): tf.Tensor => tf.pow(tf.maximum(x, floor), exponent - 1)
  return tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return {
      value: tf.mul(x as tf.Tensor, chord(x as tf.Tensor)),
      gradFunc: (dy: tf.Tensor, [x]: tf.Tensor[]) => {
        const steepness = tf.add(tf.mul(tf.step(tf.sub(x!, floor)), exponent - 1), 1)
        return tf.mul(dy, tf.mul(chord(x!), steepness))
      },
    }
  })(x) as T
}
