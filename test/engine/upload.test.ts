import * as tf from "@tensorflow/tfjs-core"
import { describe, expect, it } from "vitest"
import { tensorflowBackend } from "../../src/engine/tensorflow/backend.ts"
import { upload } from "../../src/engine/upload.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

describe("upload", () => {
  it("has nothing to do on the JavaScript engine", async () => {
    await useJavascriptEngine()
    expect(tensorflowBackend()).toBeNull()
    const x = tf.tensor1d([1, 2])
    upload([x])
    expect([...x.dataSync()]).toEqual([1, 2])
  })

  it.skipIf(whyNoTensorflow !== null)(
    `copies values to TensorFlow now, all of them ${whyNoTensorflow ?? ""}`,
    async () => {
      await useTensorflowEngine()
      const { binding } = tensorflowBackend()!
      const tensors = [tf.tensor1d([1, 2]), tf.tensor1d([3]), tf.scalar(4, "int32")]
      const before = binding.getNumOfTensors()
      upload(tensors)
      expect(binding.getNumOfTensors()).toBe(before + 3)
      // And once.
      upload(tensors)
      expect(binding.getNumOfTensors()).toBe(before + 3)
      expect(tensors.map((tensor) => [...tensor.dataSync()])).toEqual([[1, 2], [3], [4]])
      tf.dispose(tensors)
      expect(binding.getNumOfTensors()).toBe(before)
    },
  )
})
