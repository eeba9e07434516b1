import * as tf from "@tensorflow/tfjs-core"

/** What one of losslab's own kernels computes from named tensors and from attributes, numbers as a rule. */
type Compute<A> = (inputs: tf.NamedTensorMap, attributes: A) => tf.Tensor[]

/** Own kernels run on every engine that losslab can start. */
const engines = ["cpu", "tensorflow"]

/** Registers a kernel of our own with a plain tfjs-core implementation on every engine; an engine that knows
 *  something faster puts its own in place (engine/tensorflow/kernels.ts). Registering twice is harmless.
 *  What `compute` does is not differentiated (register a gradient), and what it does not return is disposed. */
export const registerOwnKernel = <A = Readonly<Record<string, number>>>(
  kernelName: string,
  compute: Compute<A>,
): void => {
  for (const backendName of engines) {
    if (tf.getKernel(kernelName, backendName) !== undefined) continue
    tf.registerKernel({
      kernelName,
      backendName,
      // tfjs types the inputs as bare infos; inside a kernel they are the tensors that runKernel was given.
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => compute(inputs as tf.NamedTensorMap, (attrs ?? {}) as A)),
    })
  }
}

/** Runs a kernel of our own: all its outputs.
 *  @param attributes anything, functions too: tfjs hands them on as they are, though its types know less */
export const runOwnKernel = <A extends object>(
  kernelName: string,
  inputs: tf.NamedTensorMap,
  attributes: A,
): tf.Tensor[] =>
  tf.engine().runKernel<tf.Tensor[]>(kernelName, inputs, attributes as unknown as tf.NamedAttrMap)

/** Registers the gradient of an own kernel, once. */
export const registerOwnGradient = (config: tf.GradConfig): void => {
  if (tf.getGradient(config.kernelName) === undefined) tf.registerGradient(config)
}

/** The gradient of a kernel's first output: tfjs hands those of several over as a list, that of a single one bare. */
export const ofFirstOutput = (dys: tf.Tensor | tf.Tensor[]): tf.Tensor => (Array.isArray(dys) ? dys[0]! : dys)
