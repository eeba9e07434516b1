import * as tf from "@tensorflow/tfjs-core"
import { registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines that may compute in less than float32. Input: x; one output, the same. */
export const fullPrecisionKernel = "LosslabFullPrecision"

registerOwnKernel(fullPrecisionKernel, ({ x }) => [tf.clone(x!)])

const boundary = (x: tf.Tensor): tf.Tensor => runOwnKernel(fullPrecisionKernel, { x }, {})[0]!

registerOwnGradient({
  kernelName: fullPrecisionKernel,
  gradFunc: (dy) => ({ x: () => boundary(dy as tf.Tensor) }),
})

/** x as it is. Where a compiled function computes in bfloat16, what follows is computed in float32 all the same, and so
 *  is its gradient up to here: between a network and its loss, whose differences of nearly equal numbers do not survive
 *  eight bits. Any shape. */
export const fullPrecision = <T extends tf.Tensor>(x: T): T => boundary(x) as T
