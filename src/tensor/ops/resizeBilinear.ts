import * as tf from "@tensorflow/tfjs-core"
import { ofFirstOutput, registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel names, for engines with a faster implementation.
 *  forward: x; rows, columns -> y.   gradient: dy, x, of which only the shape counts -> dx. */
export const resizeBilinearKernel = {
  forward: "LosslabResizeBilinear",
  gradient: "LosslabResizeBilinearGrad",
} as const

registerOwnKernel(resizeBilinearKernel.forward, ({ x }, { rows, columns }) => [
  tf.image.resizeBilinear(x as tf.Tensor4D, [rows!, columns!], true),
])

registerOwnKernel(resizeBilinearKernel.gradient, ({ dy, x }) => {
  const inputs = { dy: dy!, images: x! }
  const dx = tf.engine().runKernel<tf.Tensor>(tf.ResizeBilinearGrad, inputs, { alignCorners: true })
  // The numbers are in order, but tfjs's JavaScript kernel says that rows are columns.
  return [tf.reshape(dx, x!.shape)]
})

registerOwnGradient({
  kernelName: resizeBilinearKernel.forward,
  inputsToSave: ["x"],
  gradFunc: (dys, [x]) => {
    const dy = ofFirstOutput(dys)
    return { x: () => runOwnKernel(resizeBilinearKernel.gradient, { dy, x: x! }, {})[0]! }
  },
})

/** Bilinear interpolation onto another grid whose corners are the old one's: pixel i of n lies at
 *  i (m - 1) / (n - 1) of m; a single row or column takes the first. Linear in x.
 *  As PyTorch's interpolate(mode="bilinear", align_corners=True); without aligned corners tfjs offers a gradient
 *  that is wrong (it ignores half-pixel centres), so that is not to be had here.
 *  @param x [B, H, W, C]   @param size rows and columns of the result, at least 1 each
 *  @returns [B, rows, columns, C] */
export const resizeBilinear = (x: tf.Tensor4D, size: readonly [number, number]): tf.Tensor4D => {
  const [rows, columns] = size
  if (![rows, columns].every((length) => Number.isInteger(length) && length >= 1))
    throw new RangeError(`resizeBilinear: rows and columns must be whole numbers from 1 on, got [${size}]`)
  return runOwnKernel(resizeBilinearKernel.forward, { x }, { rows, columns })[0] as tf.Tensor4D
}
