import type { Tensor } from "@tensorflow/tfjs-core"
import { tensorflowBackend } from "./tensorflow/backend.ts"

/** Copies the values of tensors to the engine now; left alone, tfjs does so at the first use of each. */
export const upload = (tensors: readonly Tensor[]): void => {
  tensorflowBackend()?.getInputTensorIds(tensors)
}
