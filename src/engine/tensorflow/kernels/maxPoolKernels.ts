import * as tf from "@tensorflow/tfjs-core"
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
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

/** oneDNN's own operations: the forward one hands the gradient a workspace that says which value was the largest.
 *  `_kernel` is the label under which they are registered. */
const withWorkspace = (): TFEOpAttr[] => [
  ...square(),
  bool("workspace_enabled", true),
  string("_kernel", "MklNameChangeOp"),
]

/** Known once pooling has run: a library that was built without oneDNN lacks these operations. */
let hasOneDnn: boolean | undefined

/** In a graph TensorFlow puts them in the place of MaxPool and its gradient by itself, to the same bits, and knows what
 *  to do with the plain ones in bfloat16. */
const takesOneDnn = ({ binding }: NodeJSKernelBackend): boolean =>
  hasOneDnn !== false && !("tracing" in binding)

export const maxPoolKernels: Implementations = {
  [maxPoolKernel.forward]: (backend, { x }) => {
    if (takesOneDnn(backend))
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
    takesOneDnn(backend)
      ? [backend.executeSingleOutput("_MklNativeMaxPoolGrad", withWorkspace(), [x!, y!, dy!, reserve!])]
      : [backend.executeSingleOutput("MaxPoolGrad", square(), [x!, y!, dy!])],
}
