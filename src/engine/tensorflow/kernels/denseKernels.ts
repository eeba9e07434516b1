import { columnSumsKernel } from "../../../tensor/ops/columnSums.ts"
import { denseKernel } from "../../../tensor/ops/dense.ts"
import { bool, type Implementations, string, T } from "./implementation.ts"

const product = (transposeA: boolean, transposeB: boolean) => [
  T(),
  bool("transpose_a", transposeA),
  bool("transpose_b", transposeB),
]

const perChannel = () => [T(), string("data_format", "NHWC")]

export const denseKernels: Implementations = {
  // A graph makes one operation of the two.
  [denseKernel.dense]: (backend, { x, kernel, bias }) => {
    const products = backend.executeSingleOutput("MatMul", product(false, false), [x!, kernel!])
    const y = backend.executeSingleOutput("BiasAdd", perChannel(), [products, bias!])
    products.dispose()
    return [y]
  },
  [denseKernel.product]: (backend, { a, b }, { transposeA, transposeB }) => [
    backend.executeSingleOutput("MatMul", product(transposeA === 1, transposeB === 1), [a!, b!]),
  ],
  // Takes 0.6 times as long as Sum over axis 0.
  [columnSumsKernel]: (backend, { x }) => [backend.executeSingleOutput("BiasAddGrad", perChannel(), [x!])],
}
