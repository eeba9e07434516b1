import * as tf from "@tensorflow/tfjs-core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Selection, selectEngine } from "../../src/engine/selectEngine.ts"
import { selfCheck } from "../../src/engine/selfCheck.ts"
import { startEngine } from "../../src/engine/startEngine.ts"
import { tensorflowBackend } from "../../src/engine/tensorflow/backend.ts"
import { whyNoTensorflow } from "../support/tensorflow.ts"

const name = "LOSSLAB_TEST_OF_START_ENGINE"

beforeEach(() => {
  tf.env().set("PROD", false)
})
afterEach(() => {
  delete process.env[name]
})

const passedOver = [{ name: "cache", reason: "not installed" }]

describe("startEngine", () => {
  it("starts JavaScript where no library was found, saying what was passed over", async () => {
    const selection: Selection = {
      ...{ name: "javascript", passedOver, environment: { [name]: "set" }, threads: 1 },
      identity: "javascript",
    }
    expect(await startEngine(selection)).toEqual({
      ...{ name: "javascript", version: "tfjs-backend-cpu 4.22.0", threads: 1, passedOver },
    })
    expect(process.env[name]).toBe("set")
    expect(tf.getBackend()).toBe("cpu")
    // Otherwise tfjs recommends another engine on stderr, and looks for NaN after each operation.
    expect(tf.env().getBool("PROD")).toBe(true)
  })

  it.skipIf(whyNoTensorflow !== null)(
    `starts TensorFlow with so many threads and its environment ${whyNoTensorflow ?? ""}`,
    async () => {
      const selection = selectEngine("tensorflow")
      const engine = await startEngine({ ...selection, threads: 3, passedOver })
      expect(engine).toEqual({
        ...{ name: "tensorflow", version: expect.stringMatching(/^TensorFlow 2\.\d+\.\d+/), threads: 3 },
        ...{ library: selection.library!.folder, passedOver },
      })
      expect(process.env).toMatchObject(selection.environment)
      expect(tf.getBackend()).toBe("tensorflow")
      // intra_op_parallelism_threads and inter_op_parallelism_threads
      expect([...tensorflowBackend()!.binding.config]).toEqual([16, 3, 40, 3])
      expect(selfCheck().passed).toBe(true)
      expect(tf.env().getBool("PROD")).toBe(true)
      await startEngine(selectEngine("javascript"))
      expect(tf.getBackend()).toBe("cpu")
    },
  )
})
