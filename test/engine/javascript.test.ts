import * as tf from "@tensorflow/tfjs-core"
import { describe, expect, it } from "vitest"
import { selectEngine } from "../../src/engine/selectEngine.ts"
import { selfCheck } from "../../src/engine/selfCheck.ts"
import { startEngine } from "../../src/engine/startEngine.ts"

describe("startEngine", () => {
  it("starts the JavaScript engine, which passes the self check", async () => {
    const engine = await startEngine(selectEngine("javascript"))
    expect(engine).toMatchObject({ name: "javascript", version: "tfjs-backend-cpu 4.22.0", threads: 1 })
    expect(tf.getBackend()).toBe("cpu")
    expect(selfCheck()).toEqual({ maxDifference: 0, passed: true })
  })
})
