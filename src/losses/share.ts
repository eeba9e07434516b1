import * as tf from "@tensorflow/tfjs-core"

/** part / (part + rest), in [0, 1]. Its slopes rest / (part + rest)^2 and -part / (part + rest)^2 are by hand:
 *  those of the quotient are differences, of 1 / s and nearly 1 / s where the rest is a small smoothing s.
 *  @param part at least 0, any shape
 *  @param rest above 0, of the same shape
 */
export const share = <T extends tf.Tensor>(part: T, rest: T): T =>
  tf.customGrad((part, rest, save) => {
    const whole = tf.add(part as tf.Tensor, rest as tf.Tensor)
    ;(save as tf.GradSaveFunc)([part as tf.Tensor, rest as tf.Tensor])
    return {
      value: tf.div(part as tf.Tensor, whole),
      gradFunc: (dy: tf.Tensor, [part, rest]: tf.Tensor[]) => {
        const perWhole = tf.div(dy, tf.square(tf.add(part!, rest!)))
        return [tf.mul(perWhole, rest!), tf.neg(tf.mul(perWhole, part!))]
      },
    }
  })(part, rest) as T
