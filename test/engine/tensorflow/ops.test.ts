import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { compile } from "../../../src/engine/compile.ts"
import { dense } from "../../../src/tensor/ops/dense.ts"
import { gelu } from "../../../src/tensor/ops/gelu.ts"
import { layerNorm } from "../../../src/tensor/ops/layerNorm.ts"
import { maxPool } from "../../../src/tensor/ops/maxPool.ts"
import { resizeBilinear } from "../../../src/tensor/ops/resizeBilinear.ts"
import { softmaxCrossEntropy } from "../../../src/tensor/ops/softmaxCrossEntropy.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { type Op, withGradients } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

interface Case {
  readonly op: Op
  /** Shapes of its inputs. */
  readonly of: readonly (readonly number[])[]
  /** Kernels of our own that TensorFlow must be seen to run. */
  readonly kernels: readonly string[]
  /** Largest difference over the largest number; 1e-6 where it is not given. */
  readonly tolerance?: number
}

const resized = (rows: number, columns: number): Case => ({
  op: (x) => resizeBilinear(x as tf.Tensor4D, [rows, columns]),
  of: [[2, 3, 4, 2]],
  kernels: ["LosslabResizeBilinear", "LosslabResizeBilinearGrad"],
})

const cases: Readonly<Record<string, Case>> = {
  maxPool: {
    op: (x) => maxPool(x as tf.Tensor4D),
    of: [[2, 6, 4, 3]],
    kernels: ["LosslabMaxPool", "LosslabMaxPoolGrad"],
  },
  // After a relu most squares hold several equal numbers.
  "maxPool of equal values": {
    op: (x) => maxPool(tf.relu(tf.sub(x!, 0.5)) as tf.Tensor4D),
    of: [[2, 6, 4, 3]],
    kernels: ["LosslabMaxPoolGrad"],
  },
  "maxPool of odd sizes": {
    op: (x) => maxPool(x as tf.Tensor4D),
    of: [[1, 5, 7, 2]],
    kernels: ["LosslabMaxPoolGrad"],
  },
  "resizeBilinear up": resized(6, 8),
  "resizeBilinear down": resized(2, 3),
  "resizeBilinear to one row": resized(1, 9),
  layerNorm: {
    op: (x, scale, offset) => layerNorm(x!, scale as tf.Tensor1D, offset as tf.Tensor1D, 1e-5),
    of: [[2, 3, 5], [5], [5]],
    kernels: ["LosslabLayerNorm", "LosslabLayerNormGrad", "LosslabColumnSums"],
    // One row deviates by a fifteenth of its size, so that as much of the precision is lost on either engine.
    tolerance: 5e-6,
  },
  gelu: { op: (x) => gelu(x!), of: [[3, 7]], kernels: ["LosslabGelu", "LosslabGeluGrad"] },
  dense: {
    op: (x, kernel, bias) => dense(x!, kernel as tf.Tensor2D, bias as tf.Tensor1D),
    of: [[2, 3, 4], [4, 5], [5]],
    kernels: ["LosslabDense", "LosslabProduct", "LosslabColumnSums"],
  },
  softmaxCrossEntropy: {
    op: (z) =>
      softmaxCrossEntropy(
        z as tf.Tensor2D,
        tf.oneHot(tf.tensor1d([0, 3, 2, 1, 0, 3], "int32"), 4).toFloat() as tf.Tensor2D,
      ),
    of: [[6, 4]],
    kernels: ["LosslabSoftmaxCrossEntropy"],
  },
}

const computed = ({ op, of }: Case) =>
  tf.tidy(() => {
    const inputs = of.map((shape, k) => tf.mul(sines(k + 2, shape), 2) as tf.Tensor)
    const { y, gradients } = withGradients(op, inputs)
    return [y, ...gradients] as unknown as tf.Tensor
  }) as unknown as number[][]

describe.skipIf(whyNoTensorflow !== null)(`operations on TensorFlow ${whyNoTensorflow ?? ""}`, () => {
  const expected: Record<string, number[][]> = {}

  beforeAll(async () => {
    await useJavascriptEngine()
    for (const [name, one] of Object.entries(cases)) expected[name] = computed(one)
    await useTensorflowEngine()
  })

  it.each(Object.keys(cases))("equal the JavaScript engine, gradients included: %s", (name) => {
    computed(cases[name]!).forEach((numbers, i) => {
      const wanted = expected[name]![i]!
      const scale = Math.max(...wanted.map(Math.abs))
      const difference = Math.max(...numbers.map((number, j) => Math.abs(number - wanted[j]!)))
      expect(difference / scale).toBeLessThan(cases[name]!.tolerance ?? 1e-6)
    })
  })

  it.each(Object.keys(cases))("are the same bits in a compiled function: %s", (name) => {
    const { op, of } = cases[name]!
    const inputs = of.map((shape, k) => tf.mul(sines(k + 2, shape), 2) as tf.Tensor)
    const f = (...given: tf.Tensor[]): tf.Tensor[] => {
      const [dy, ...x] = given
      const { value, grads } = tf.valueAndGrads((...at) => op(...at) as tf.Scalar)(x, dy as tf.Scalar)
      return [value, ...grads]
    }
    const given = [
      sines(
        1,
        tf.tidy(() => op(...inputs).shape),
      ),
      ...inputs,
    ]
    const [eager, compiled] = [tf.tidy(() => f(...given)), compile(f)(...given)]
    compiled.forEach((tensor, i) => {
      expect([...tensor.dataSync()]).toEqual([...eager[i]!.dataSync()])
    })
    tf.dispose([given, eager, compiled])
  })

  it.each(Object.keys(cases))("run their own kernels and leave nothing behind: %s", async (name) => {
    const before = tf.memory().numTensors
    const { kernelNames } = await tf.profile(() => tf.tidy(() => void computed(cases[name]!)))
    expect(kernelNames).toEqual(expect.arrayContaining([...cases[name]!.kernels]))
    expect(kernelNames).not.toContain("BatchMatMul")
    for (const stock of ["MaxPool", "ResizeBilinear", "ResizeBilinearGrad"])
      expect(kernelNames).not.toContain(stock)
    expect(tf.memory().numTensors).toBe(before)
  })
})
