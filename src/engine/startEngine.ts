import type { Engine } from "./engine.ts"
import type { Selection } from "./selectEngine.ts"

/** Starts the selected engine in this process, once.
 *  Throws Failure("environment") when TensorFlow's library does not load. */
export const startEngine = async (selection: Selection): Promise<Engine> => {
  const { name, library, passedOver, threads } = selection
  // For a process whose parent did not; too late for the allocator, in time for TensorFlow.
  Object.assign(process.env, selection.environment)
  if (library === undefined) {
    const { startJavascript } = await import("./javascript.ts")
    return { name, version: `tfjs-backend-cpu ${await startJavascript()}`, threads, passedOver }
  }
  const { startTensorflow } = await import("./tensorflow/start.ts")
  const { TF_Version } = await startTensorflow(library, threads)
  return { name, version: `TensorFlow ${TF_Version}`, threads, library: library.folder, passedOver }
}
