import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { structureOf } from "../../../src/engine/structure.ts"
import { tensorflowBackend } from "../../../src/engine/tensorflow/backend.ts"
import { NotTraceable } from "../../../src/engine/tensorflow/notTraceable.ts"
import { traceFunction } from "../../../src/engine/tensorflow/traceFunction.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

/** Does what it should not, and hears nothing of it. */
const quietly = (act: () => unknown): void => {
  try {
    act()
  } catch {
    // The function goes on.
  }
}

describe.skipIf(whyNoTensorflow !== null)(`traceFunction ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  const whyNot = (f: (a: tf.Tensor) => unknown): string => {
    try {
      traceFunction(tensorflowBackend()!, f as never, structureOf([tf.scalar(1)], ""), () => undefined)
    } catch (error) {
      if (error instanceof NotTraceable) return error.message
      throw error
    }
    return "it is traceable"
  }

  it("knows no tensor but the arguments and what is made of them, and knows all others again afterwards", () => {
    const outside = tf.tensor1d([2, 3])
    expect(whyNot((a) => tf.add(a, outside))).toBe("a tensor is used that is not an argument")
    expect(whyNot((a) => tf.add(a, tf.tensor1d([2, 3])))).toBe("it is traceable")
    expect([...tf.neg(outside).dataSync()]).toEqual([-2, -3])
  })

  it("tells the first thing that cannot be traced, also where the function caught it", () => {
    const read = (a: tf.Tensor) => quietly(() => a.dataSync())
    const draw = () => quietly(Math.random)
    const both = (...acts: readonly ((a: tf.Tensor) => void)[]) =>
      whyNot((a) => {
        for (const act of acts) act(a)
        return tf.neg(a)
      })
    expect(both()).toBe("it is traceable")
    expect(both(read, draw)).toBe("the value of a tensor is read")
    expect(both(draw, read)).toBe("random numbers are drawn outside of the engine")
    expect(both(draw, (a) => void a.data())).toBe("random numbers are drawn outside of the engine")
  })
})
