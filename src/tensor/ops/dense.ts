import * as tf from "@tensorflow/tfjs-core"
import { ShapeError } from "../shape.ts"
import { columnSums } from "./columnSums.ts"
import { ofFirstOutput, registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel names, for engines with a faster implementation. dense: x [N, in], kernel [in, out], bias [out] ->
 *  [N, out].   product: a, b, matrices; transposeA, transposeB, 0 or 1 -> their product. */
export const denseKernel = { dense: "LosslabDense", product: "LosslabProduct" } as const

registerOwnKernel(denseKernel.dense, ({ x, kernel, bias }) => [tf.add(tf.matMul(x!, kernel!), bias!)])

registerOwnKernel(denseKernel.product, ({ a, b }, { transposeA, transposeB }) => [
  tf.matMul(a!, b!, transposeA === 1, transposeB === 1),
])

const product = (a: tf.Tensor, b: tf.Tensor, transposed: { readonly a: boolean; readonly b: boolean }) => {
  const attributes = { transposeA: Number(transposed.a), transposeB: Number(transposed.b) }
  return runOwnKernel(denseKernel.product, { a, b }, attributes)[0]!
}

registerOwnGradient({
  kernelName: denseKernel.dense,
  inputsToSave: ["x", "kernel"],
  gradFunc: (dys, saved) => {
    const dy = ofFirstOutput(dys)
    const [x, kernel] = saved
    return {
      x: () => product(dy, kernel!, { a: false, b: true }),
      kernel: () => product(x!, dy, { a: true, b: false }),
      bias: () => columnSums(dy),
    }
  },
})

/** x kernel + bias, for each vector of x: a fully connected layer without its activation. One product of two
 *  matrices, whatever the rank of x: tf.matMul takes TensorFlow's batched product, which is slower even for one
 *  matrix, and has no gradient where x has more axes than the kernel. Gradients copy nothing to transpose it.
 *  @param x [..., in]   @param kernel [in, out]   @param bias [out]   @returns [..., out]
 *  Throws ShapeError when the lengths do not agree. */
export const dense = (x: tf.Tensor, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor => {
  const [into, out] = kernel.shape
  if (x.shape.at(-1) !== into)
    throw new ShapeError(`dense with kernel [${into}, ${out}]: x`, `[..., ${into}]`, x.shape)
  if (bias.rank !== 1 || bias.shape[0] !== out)
    throw new ShapeError(`dense with kernel [${into}, ${out}]: bias`, `[${out}]`, bias.shape)
  return tf.tidy(() => {
    const rows = tf.reshape(x, [-1, into])
    const [y] = runOwnKernel(denseKernel.dense, { x: rows, kernel, bias }, {})
    return tf.reshape(y!, [...x.shape.slice(0, -1), out])
  })
}
