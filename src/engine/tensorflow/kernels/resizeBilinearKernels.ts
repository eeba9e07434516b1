import * as tf from "@tensorflow/tfjs-core"
import { resizeBilinearKernel } from "../../../tensor/ops/resizeBilinear.ts"
import { bool, type Implementations, T } from "./implementation.ts"

const alignCorners = () => [T(), bool("align_corners", true), bool("half_pixel_centers", false)]

export const resizeBilinearKernels: Implementations = {
  [resizeBilinearKernel.forward]: (backend, { x }, { rows, columns }) => {
    const size = tf.tensor1d([rows!, columns!], "int32")
    const resized = backend.executeSingleOutput("ResizeBilinear", alignCorners(), [x!, size])
    size.dispose()
    return [resized]
  },
  [resizeBilinearKernel.gradient]: (backend, { dy, x }) => [
    backend.executeSingleOutput("ResizeBilinearGrad", alignCorners(), [dy!, x!]),
  ],
}
