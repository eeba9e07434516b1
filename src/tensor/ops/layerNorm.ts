import * as tf from "@tensorflow/tfjs-core"
import { ShapeError } from "../shape.ts"
import { columnSums } from "./columnSums.ts"
import { ofFirstOutput, registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel names. forward: x, scale, offset; epsilon -> y, normal, inverse deviation [..., 1].
 *  gradient: dy, normal, inverse, scale -> dx, dScale, dOffset. */
const kernel = { forward: "LosslabLayerNorm", gradient: "LosslabLayerNormGrad" } as const

registerOwnKernel(kernel.forward, ({ x, scale, offset }, { epsilon }) => {
  const centred = tf.sub(x!, tf.mean(x!, -1, true))
  const variance = tf.mean(tf.square(centred), -1, true)
  const inverse = tf.rsqrt(tf.add(variance, epsilon!))
  const normal = tf.mul(centred, inverse)
  return [tf.add(tf.mul(normal, scale!), offset!), normal, inverse]
})

/** With g = dy scale: dx = inverse (g - mean(g) - normal mean(g normal)). What g normal is made of, dy normal, is
 *  needed for dScale too. */
registerOwnKernel(kernel.gradient, ({ dy, normal, inverse, scale }) => {
  const dyNormal = tf.mul(dy!, normal!)
  const g = tf.mul(dy!, scale!)
  const alongNormal = tf.mean(tf.mul(dyNormal, scale!), -1, true)
  const across = tf.sub(tf.sub(g, tf.mean(g, -1, true)), tf.mul(normal!, alongNormal))
  return [tf.mul(across, inverse!), columnSums(dyNormal), columnSums(dy!)]
})

registerOwnGradient({
  kernelName: kernel.forward,
  inputsToSave: ["scale"],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved) => {
    const dy = ofFirstOutput(dys)
    const [scale, normal, inverse] = saved
    const inputs = { dy, scale: scale!, normal: normal!, inverse: inverse! }
    const [dx, dScale, dOffset] = runOwnKernel(kernel.gradient, inputs, {})
    return { x: () => dx!, scale: () => dScale!, offset: () => dOffset! }
  },
})

/** Layer normalisation over the last axis, of n values.
 *  y = (x - mean) / sqrt(biased variance + epsilon) * scale + offset; differentiable in x, scale and offset. A
 *  constant row gives the offset.
 *  @param x [..., C]   @param scale [C]   @param offset [C]   @param epsilon > 0, 1e-5 in PyTorch, 1e-6 in ViT
 *  Throws ShapeError when a vector's length is not C. Source: Ba, Kiros & Hinton 2016; PyTorch's layer_norm. */
export const layerNorm = <T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): T => {
  const length = x.shape.at(-1)
  for (const [name, vector] of Object.entries({ scale, offset })) {
    if (vector.rank === 1 && vector.shape[0] === length) continue
    throw new ShapeError(
      `layerNorm of x [${x.shape.join(", ")}]: ${name}`,
      `[${length ?? "C"}]`,
      vector.shape,
    )
  }
  const [y, ...forGradient] = runOwnKernel(kernel.forward, { x, scale, offset }, { epsilon })
  // When a gradient is being recorded, the engine has kept clones of its own.
  tf.dispose(forGradient)
  return y as T
}
