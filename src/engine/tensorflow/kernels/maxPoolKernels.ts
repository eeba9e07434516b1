import * as tf from "@tensorflow/tfjs-core"
import type { TFEOpAttr } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { maxPoolKernel } from "../../../tensor/ops/maxPool.ts"
import { bool, type Implementations, int, string, T } from "./implementation.ts"

const square = (): TFEOpAttr[] => [
  T(),
  int("ksize", [1, 2, 2, 1]),
  int("strides", [1, 2, 2, 1]),
  string("padding", "VALID"),
  string("data_format", "NHWC"),
]

/** oneDNN's own operations, of which a graph that holds both pooling and gradient is made by TensorFlow itself: the
 *  forward one hands the gradient a workspace that says which value was the largest. `_kernel` is the label under
 *  which they are registered. */
const withWorkspace = (): TFEOpAttr[] => [
  ...square(),
  bool("workspace_enabled", true),
  string("_kernel", "MklNameChangeOp"),
]

/** Known once pooling has run: a library that was built without oneDNN lacks these operations. */
let hasOneDnn: boolean | undefined

export const maxPoolKernels: Implementations = {
  [maxPoolKernel.forward]: (backend, { x }) => {
    if (hasOneDnn !== false)
      try {
        const outputs = backend.executeMultipleOutputs("_MklNativeMaxPool", withWorkspace(), [x!], 2)
        hasOneDnn = true
        return outputs
      } catch (error) {
        if (hasOneDnn === true) throw error
        hasOneDnn = false
      }
    return [backend.executeSingleOutput("MaxPool", square(), [x!]), tf.zeros([1])]
  },

  [maxPoolKernel.gradient]: (backend, { dy, x, y, reserve }) =>
    hasOneDnn === true
      ? [backend.executeSingleOutput("_MklNativeMaxPoolGrad", withWorkspace(), [x!, y!, dy!, reserve!])]
      : [backend.executeSingleOutput("MaxPoolGrad", square(), [x!, y!, dy!])],
}
