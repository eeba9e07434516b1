import * as tf from "@tensorflow/tfjs-core"
import { registerOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines with a faster implementation. Inputs: dy, y; one output. */
export const sigmoidGradientKernel = "LosslabSigmoidGrad"

registerOwnKernel(sigmoidGradientKernel, ({ dy, y }) => [tf.mul(dy!, tf.mul(y!, tf.sub(1, y!)))])

/** dy y (1 - y): the gradient by x of what is dy by y = sigmoid(x). Of one shape; not to be differentiated. */
export const sigmoidGradient = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  tf.engine().runKernel<tf.Tensor[]>(sigmoidGradientKernel, { dy, y })[0]!
