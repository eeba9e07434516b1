import * as tf from "@tensorflow/tfjs-core"
import {
  createTensorsTypeOpAttr,
  type NodeJSKernelBackend,
} from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
import type { TFEOpAttr } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { batchNormKernel } from "../../tensor/ops/batchNorm.ts"
import { fullPrecisionKernel } from "../../tensor/ops/fullPrecision.ts"
import { reluKernel } from "../../tensor/ops/relu.ts"
import { sigmoidGradientKernel } from "../../tensor/ops/sigmoidGradient.ts"
import { statelessNormalKernel } from "../../tensor/ops/statelessNormal.ts"
import { statelessUniformKernel } from "../../tensor/ops/statelessUniform.ts"
import { sumOfSquaresKernel } from "../../tensor/ops/sumOfSquares.ts"
import { attributeKind } from "./dataType.ts"
import { softplusGradientKernel } from "./fasterGradients.ts"
import { denseKernels } from "./kernels/denseKernels.ts"
import {
  bool,
  float,
  type Implementation,
  type Implementations,
  int32,
  string,
  T,
} from "./kernels/implementation.ts"
import { maxPoolKernels } from "./kernels/maxPoolKernels.ts"
import { resizeBilinearKernels } from "./kernels/resizeBilinearKernels.ts"
import { float32Operation } from "./mixedPrecision.ts"

const batchNormAttributes = (epsilon: number): TFEOpAttr[] => [
  T(),
  T("U"),
  float("epsilon", epsilon),
  string("data_format", "NHWC"),
  bool("is_training", true),
]

/** A stateless random operation of TensorFlow, version 1, for numbers of float32 from a key of int32. */
const drawn =
  (operation: string): Implementation =>
  (backend, { key, shape }) => {
    const attributes = [T("dtype"), int32("T"), int32("Tseed")]
    return [backend.executeSingleOutput(operation, attributes, [shape!, key!])]
  }

/** TensorFlow's fused operations for losslab's own kernels, and for kernels of tfjs that go through the host. */
const fused: Implementations = {
  ...maxPoolKernels,
  ...resizeBilinearKernels,
  ...denseKernels,

  [reluKernel.forward]: (backend, { x }) => [backend.executeSingleOutput("Relu", [T()], [x!])],
  [reluKernel.gradient]: (backend, { dy, y }) => [backend.executeSingleOutput("ReluGrad", [T()], [dy!, y!])],

  [batchNormKernel.forward]: (backend, { x, scale, offset }, { epsilon }) => {
    // In training the running moments go in empty, and the variance that comes out is the unbiased one.
    const none = tf.tensor1d([], "float32")
    const attributes = [...batchNormAttributes(epsilon!), float("exponential_avg_factor", 1)]
    const inputs = [x!, scale!, offset!, none, none]
    const outputs = backend.executeMultipleOutputs("FusedBatchNormV3", attributes, inputs, 6)
    none.dispose()
    return outputs
  },
  [batchNormKernel.gradient]: (backend, { dy, x, scale, reserve1, reserve2, reserve3 }, { epsilon }) => {
    const inputs = [dy!, x!, scale!, reserve1!, reserve2!, reserve3!]
    const attributes = batchNormAttributes(epsilon!)
    const outputs = backend.executeMultipleOutputs("FusedBatchNormGradV3", attributes, inputs, 5)
    tf.dispose(outputs.slice(3))
    return outputs.slice(0, 3)
  },

  [sigmoidGradientKernel]: (backend, { dy, y }) => [
    backend.executeSingleOutput("SigmoidGrad", [T()], [y!, dy!]),
  ],
  [softplusGradientKernel]: (backend, { dy, x }) => [
    backend.executeSingleOutput("SoftplusGrad", [T()], [dy!, x!]),
  ],

  // tfjs's own reads the indices to the host to check them, as TensorFlow does by itself: 18 ms for 400,000.
  [tf.GatherV2]: (backend, { x, indices }, { axis, batchDims }) => {
    const along = tf.scalar(axis!, "int32")
    const attributes = [
      { name: "batch_dims", type: attributeKind.INT, value: batchDims! },
      createTensorsTypeOpAttr("Tparams", x!.dtype),
      createTensorsTypeOpAttr("Tindices", indices!.dtype),
      int32("Taxis"),
    ]
    const gathered = backend.executeSingleOutput("GatherV2", attributes, [x!, indices!, along])
    along.dispose()
    return gathered
  },

  // tfjs's own makes an array of ones on the host and copies it in. A kernel of tfjs with one output returns it bare.
  [tf.Step]: (backend, { x }, { alpha }) =>
    tf.tidy(() => {
      const above = backend.executeSingleInput("Relu", backend.executeSingleInput("Sign", x!))
      return alpha === 0 ? above : tf.add(tf.mul(above, 1 - alpha!), alpha!)
    }),

  // An operation that changes nothing, and that the rewriting to bfloat16 is told to leave alone.
  [fullPrecisionKernel]: (backend, { x }) => {
    const shape = { name: "shape", type: attributeKind.SHAPE, value: x!.shape }
    return [backend.executeSingleOutput(float32Operation, [T(), shape], [x!])]
  },

  [sumOfSquaresKernel]: (backend, { x }) =>
    tf.tidy(() => [tf.mul(backend.executeSingleOutput("L2Loss", [T()], [x!]), 2)]),

  [statelessNormalKernel]: drawn("StatelessRandomNormal"),
  [statelessUniformKernel]: drawn("StatelessRandomUniform"),
}

/** Puts these in the place of the plain implementations of our own kernels, and of tfjs's. */
export const registerFusedKernels = (): void => {
  for (const [kernelName, implementation] of Object.entries(fused)) {
    tf.unregisterKernel(kernelName, "tensorflow")
    tf.registerKernel({
      kernelName,
      backendName: "tensorflow",
      kernelFunc: ({ inputs, attrs, backend }) =>
        implementation(
          backend as NodeJSKernelBackend,
          inputs as tf.NamedTensorMap,
          (attrs ?? {}) as Record<string, number>,
        ),
    })
  }
}
