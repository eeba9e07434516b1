import * as tf from "@tensorflow/tfjs-core"
import { inTurn } from "./inTurn.ts"
import { ofFirstOutput, registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel names. forward: x -> y, share = (1 + erf(x / sqrt 2)) / 2.   gradient: dy, x, share -> dx. */
const kernel = { forward: "LosslabGelu", gradient: "LosslabGeluGrad" } as const

registerOwnKernel(kernel.forward, ({ x }) => {
  const share = inTurn(
    x!,
    (at) => tf.mul(at, Math.SQRT1_2),
    (at) => tf.erf(at),
    (at) => tf.mul(at, 0.5),
    (at) => tf.add(at, 0.5),
  )
  return [tf.mul(x!, share), share]
})

registerOwnKernel(kernel.gradient, ({ dy, x, share }) => [
  inTurn(
    x!,
    (at) => tf.square(at),
    (at) => tf.mul(at, -0.5),
    (at) => tf.exp(at),
    (density) => tf.mul(density, 1 / Math.sqrt(2 * Math.PI)),
    (density) => tf.mul(x!, density),
    (at) => tf.add(share!, at),
    (slope) => tf.mul(dy!, slope),
  ),
])

registerOwnGradient({
  kernelName: kernel.forward,
  inputsToSave: ["x"],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const dy = ofFirstOutput(dys)
    const [x, share] = saved
    return { x: () => runOwnKernel(kernel.gradient, { dy, x: x!, share: share! }, {})[0]! }
  },
})

/** x times the share of a standard normal distribution below x: x (1 + erf(x / sqrt 2)) / 2, not the approximation
 *  by tanh. Its derivative is that share plus x times the normal density. At large x it is x, at large -x it is 0;
 *  float32 keeps about 1e-7 |x| of it, and the JavaScript engine's erf is an approximation to 1.5e-7.
 *  @param x any shape. Source: Hendrycks & Gimpel 2016; PyTorch's gelu. */
export const gelu = <T extends tf.Tensor>(x: T): T => {
  const [y, share] = runOwnKernel(kernel.forward, { x }, {})
  // When a gradient is being recorded, the engine has kept a clone of its own.
  share!.dispose()
  return y as T
}
