import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { ForwardPass } from "../../src/stages/forwardPass.ts"
import { profileForwardPass } from "../../src/stages/profileForwardPass.ts"
import { echo } from "../support/echo.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const images = Float32Array.from({ length: 3 * 6 }, (_, i) => i)
const size = { rows: 2, columns: 3 }

/** A network that is profiled by telling what it was given. */
const profiled = (profile: ForwardPass["profile"]) => {
  const network = echo()
  return { ...network, forward: Object.assign(network.forward, { profile }) }
}

describe("profileForwardPass", () => {
  it.each([
    [2, 2],
    [3, 3],
    [8, 3],
  ])("profiles the first batch alone, of a batch size of %i", (batchSize, count) => {
    const times = [{ operation: "Conv2D", milliseconds: 1 }] as never
    const seen: unknown[] = []
    const network = profiled((params, state, batch) => {
      seen.push(params, state, batch.shape, batch.dataSync().slice())
      return times
    })
    const before = tf.memory().numTensors
    expect(profileForwardPass(network, images, size, { batchSize })).toBe(times)
    expect(seen).toEqual([network.params, network.state, [count, 2, 3, 1], images.subarray(0, 6 * count)])
    expect(seen[0]).toBe(network.params)
    expect(tf.memory().numTensors).toBe(before)
  })

  it("is null on an engine that compiles nothing, and frees its batch when the network fails", () => {
    expect(profileForwardPass(echo(), images, size, { batchSize: 2 })).toBeNull()
    const before = tf.memory().numTensors
    const failing = profiled(() => {
      throw new Error("no profile")
    })
    expect(() => profileForwardPass(failing, images, size, { batchSize: 2 })).toThrow("no profile")
    expect(tf.memory().numTensors).toBe(before)
  })
})
