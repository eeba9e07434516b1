import * as tf from "@tensorflow/tfjs-core"

/** A weight over the training: a function of the share of it that is done, in [0, 1], both of them tensors, so
 *  that a step can be traced once. Step i of n stands at i / n: epoch 3 of 10 begins at 0.2.
 */
export type WeightSchedule = (progress: tf.Scalar) => tf.Scalar

/** From one weight to another, within a part of the training; the same before it, and the same after it. */
export interface Ramp {
  readonly from: number
  readonly to: number
  /** Share of the training at which the weight begins to change. */
  readonly start: number
  /** Share of the training at which it has changed; above start. */
  readonly end: number
}

export interface Steps {
  /** One more than `at`: the first weight holds from the beginning, each other one from its share. */
  readonly values: readonly number[]
  /** Shares of the training, rising. */
  readonly at: readonly number[]
}

/** The same weight at every step. */
export const constantWeight =
  (value: number): WeightSchedule =>
  () =>
    tf.scalar(value)

/** How much of a ramp is done, in [0, 1]. */
const done = (progress: tf.Scalar, { start, end }: Ramp): tf.Scalar =>
  tf.clipByValue(tf.div(tf.sub(progress, start), end - start), 0, 1)

/** On a straight line: from + (to - from) s, s = the share of the ramp that is done. */
export const linearWeight =
  (ramp: Ramp): WeightSchedule =>
  (progress) =>
    tf.tidy(() => tf.add(tf.mul(done(progress, ramp), ramp.to - ramp.from), ramp.from))

/** On half a cosine, level at both ends: from + (to - from) (1 - cos(pi s)) / 2. */
export const cosineWeight =
  (ramp: Ramp): WeightSchedule =>
  (progress) =>
    tf.tidy(() => {
      const risen = tf.div(tf.sub(1, tf.cos(tf.mul(done(progress, ramp), Math.PI))), 2)
      return tf.add(tf.mul(risen, ramp.to - ramp.from), ramp.from)
    })

/** One weight after the other. A weight holds from exactly its share on: shares of steps are quotients of
 *  integers, rounded as the numbers of `at` are.
 */
export const stepWeight =
  ({ values, at }: Steps): WeightSchedule =>
  (progress) =>
    tf.tidy(() => {
      // 1 where the schedule has come as far: 1 ... 1 0 ... 0. The last 1 is that of the weight that holds.
      const begun = tf.cast(
        tf.greaterEqual(progress, tf.tensor1d([Number.NEGATIVE_INFINITY, ...at])),
        "float32",
      )
      const over = tf.cast(
        tf.greaterEqual(progress, tf.tensor1d([...at, Number.POSITIVE_INFINITY])),
        "float32",
      )
      return tf.sum(tf.mul(tf.sub(begun, over), tf.tensor1d([...values])))
    })

/** From one weight to another in equal stairs, which hold for equal parts of the ramp: the first stair is `from`,
 *  the last one `to`. With as many stairs as epochs, a weight that changes from epoch to epoch.
 *  @param stairs at least 2
 */
export const stairsWeight = ({ from, to, start, end }: Ramp, stairs: number): WeightSchedule => {
  const between = (a: number, b: number, share: number) => a * (1 - share) + b * share
  const numbers = Array.from({ length: stairs }, (_, i) => i)
  return stepWeight({
    values: numbers.map((i) => between(from, to, i / (stairs - 1))),
    at: numbers.slice(1).map((i) => between(start, end, i / stairs)),
  })
}
