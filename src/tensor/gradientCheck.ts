import * as tf from "@tensorflow/tfjs-core"

export type GradientCheck = {
  /** Sum of gradient times direction. */
  readonly analytic: number
  /** (f(x + h d) - f(x - h d)) / 2h. */
  readonly numeric: number
  /** |analytic - numeric| over |f(x)| + sum |gradient times direction|; 0 when all of these are 0. */
  readonly error: number
}

/** Compares the gradient of f at x along one direction with a central difference.
 *  In float32 a step of 1e-2 balances rounding and curvature: the error of a correct gradient of a smooth
 *  f of order 1 is about 1e-4, smaller steps are worse. Reads to the host; never inside a traced step.
 *  @param direction of x's shape; entries of order 1, random signs for instance
 */
export const gradientCheck = <T extends tf.Tensor>(
  f: (x: T) => tf.Scalar,
  x: T,
  direction: T,
  step = 1e-2,
): GradientCheck =>
  tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((at: tf.Tensor) => f(at as T))(x)
    const along = [...tf.mul(grad, direction).dataSync()]
    const valueAt = (h: number): number => f(tf.add(x, tf.mul(direction, h))).dataSync()[0]!
    const analytic = along.reduce((sum, term) => sum + term, 0)
    const numeric = (valueAt(step) - valueAt(-step)) / (2 * step)
    const scale = along.reduce((sum, term) => sum + Math.abs(term), Math.abs(value.dataSync()[0]!))
    const difference = Math.abs(analytic - numeric)
    return { analytic, numeric, error: difference === 0 ? 0 : difference / scale }
  })
