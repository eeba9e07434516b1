import * as tf from "@tensorflow/tfjs-core"
import { registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines that need not write the squares down. Input: x; one output, a scalar. */
export const sumOfSquaresKernel = "LosslabSumOfSquares"

registerOwnKernel(sumOfSquaresKernel, ({ x }) => [tf.sum(tf.square(x!))])

/** Sum of the squares of all entries. Not to be differentiated. */
export const sumOfSquares = (x: tf.Tensor): tf.Scalar =>
  runOwnKernel(sumOfSquaresKernel, { x }, {})[0] as tf.Scalar
