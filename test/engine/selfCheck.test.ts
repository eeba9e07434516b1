import * as tf from "@tensorflow/tfjs-core"
import { afterEach, beforeAll, describe, expect, it } from "vitest"
import { selfCheck } from "../../src/engine/selfCheck.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const restores: (() => void)[] = []
afterEach(() => {
  for (const restore of restores.splice(0)) restore()
})

/** Puts a kernel of the engine wrong: every value of its result comes out so much larger. */
const spoil = (kernelName: string, error: number): void => {
  const right = tf.getKernel(kernelName, "cpu")!
  const put = (kernelFunc: tf.KernelFunc) => {
    tf.unregisterKernel(kernelName, "cpu")
    tf.registerKernel({ ...right, kernelFunc })
  }
  restores.push(() => put(right.kernelFunc))
  put((params) => {
    const result = right.kernelFunc(params) as tf.TensorInfo
    const values = (params.backend as tf.KernelBackend).readSync(result.dataId) as Float32Array
    for (const i of values.keys()) values[i]! += error
    return result
  })
}

describe("selfCheck", () => {
  it("passes where every number is right, and leaves no tensor", () => {
    const before = tf.memory().numTensors
    expect(selfCheck()).toEqual({ maxDifference: 0, passed: true })
    expect(tf.memory().numTensors).toBe(before)
  })

  // The value is (-3 + e)², off by 6 e - e²; the gradients of input and kernel are off by e, and by what y is off.
  it.each([
    ["forward", "Conv2D", 0.01, 0.08],
    ["in the gradient of the kernel", "Conv2DBackpropFilter", 0.01, 0.01],
    ["in the gradient of the input", "Conv2DBackpropInput", -0.01, 0.01],
  ])("fails where a convolution is wrong %s", (_, kernel, error, difference) => {
    spoil(kernel, error)
    const { maxDifference, passed } = selfCheck()
    expect(passed).toBe(false)
    expect(maxDifference).toBeCloseTo(difference, 4)
  })

  it("lets rounding pass, and nothing beyond it", () => {
    spoil("Conv2DBackpropInput", 0.00005)
    expect(selfCheck().passed).toBe(true)
    spoil("Conv2DBackpropInput", 0.0001)
    expect(selfCheck().passed).toBe(false)
  })

  it("fails where a number is none", () => {
    spoil("Conv2D", Number.NaN)
    expect(selfCheck().passed).toBe(false)
  })
})
