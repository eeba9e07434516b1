import util from "node:util"
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { Library } from "./library.ts"

/** Loads the library, registers tfjs-node's kernels and our own over it, and puts it in charge of this process.
 *  Throws Failure("environment") when the library does not load. */
export const startTensorflow = async (library: Library, threads: number): Promise<TFJSBinding> => {
  restoreRemovedUtilities()
  const tf = await import("@tensorflow/tfjs")
  const { loadCApi } = await import("./capi.ts")
  const { makeBinding } = await import("./binding.ts")
  const binding = makeBinding(loadCApi(library), threads)
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js")
  const { NodeJSKernelBackend } = await import("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js")
  const { registerFusedKernels } = await import("./kernels.ts")
  registerFusedKernels()
  const { registerFasterGradients } = await import("./fasterGradients.ts")
  registerFasterGradients()
  tf.enableProdMode()
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "losslab"), 3)
  await tf.setBackend("tensorflow")
  await tf.ready()
  return binding
}

/** tfjs-node's kernels call two functions that Node 23 removed from node:util. */
const restoreRemovedUtilities = (): void => {
  const removed: Record<string, (value: unknown) => boolean> = {
    isArray: Array.isArray,
    isNullOrUndefined: (value) => value === null || value === undefined,
  }
  for (const [name, implementation] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: implementation })
  }
}
