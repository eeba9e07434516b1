import * as tf from "@tensorflow/tfjs-core"
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
import type { TensorMetadata } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { Binding } from "./binding.ts"

/** What losslab uses of tfjs-node's back end beside its types. */
export interface Backend extends Pick<tf.KernelBackend, "read"> {
  /** While a function is traced, what builds its graph. */
  binding: Binding & { readonly tracing?: true }
  tensorMap: tf.DataStorage<unknown>
  getDTypeInteger(dtype: tf.DataType): number
  createOutputTensor(metadata: TensorMetadata): tf.Tensor
  /** Copies the values of tensors that were only made on the host, too. */
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[]
}

/** The back end in charge of this process if it is TensorFlow's. */
export const tensorflowBackend = (): Backend | null =>
  tf.getBackend() === "tensorflow" ? (tf.backend() as NodeJSKernelBackend as unknown as Backend) : null
