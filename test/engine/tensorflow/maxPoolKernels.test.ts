import * as tf from "@tensorflow/tfjs-core"
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
import { beforeAll, describe, expect, it } from "vitest"
import { maxPoolKernels } from "../../../src/engine/tensorflow/kernels/maxPoolKernels.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("max pooling on TensorFlow", () => {
  it("takes TensorFlow's plain operations where the library has none of oneDNN, and asks for them once", () => {
    const asked: string[] = []
    const backend = {
      binding: {},
      executeMultipleOutputs: (operation: string) => {
        asked.push(operation)
        throw new Error(`${operation} is not there`)
      },
      executeSingleOutput: (operation: string, _: unknown, [first]: tf.Tensor[]) => {
        asked.push(operation)
        return first
      },
    } as unknown as NodeJSKernelBackend
    const x = tf.zeros([1, 2, 2, 1])
    const pool = () => maxPoolKernels.LosslabMaxPool!(backend, { x }, {}) as tf.Tensor[]
    const [y, reserve] = pool()
    pool()
    maxPoolKernels.LosslabMaxPoolGrad!(backend, { dy: y!, x, y: y!, reserve: reserve! }, {})
    expect(asked).toEqual(["_MklNativeMaxPool", "MaxPool", "MaxPool", "MaxPoolGrad"])
  })
})
