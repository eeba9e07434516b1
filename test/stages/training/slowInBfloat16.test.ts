import * as tf from "@tensorflow/tfjs-core"
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { compile } from "../../../src/engine/compile.ts"
import { slowInBfloat16 } from "../../../src/stages/training/slowInBfloat16.ts"
import type { Precision } from "../../../src/tensor/precision.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { oneWeightTraining } from "../../support/oneWeightTraining.ts"

vi.mock("../../../src/engine/compile.ts")

beforeAll(useJavascriptEngine)

describe("slowInBfloat16", () => {
  let ms = 0
  const calls: Precision[] = []
  beforeEach(() => {
    vi.spyOn(performance, "now").mockImplementation(() => ms)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** Steps that take so many milliseconds, call by call. */
  const told = (takes: Readonly<Record<Precision, readonly number[]>>) => {
    ms = 0
    calls.length = 0
    vi.mocked(compile).mockImplementation(((
      f: (...given: unknown[]) => unknown,
      options: { precision: Precision },
    ) => {
      const { precision } = options
      return (...given: unknown[]) => {
        ms += takes[precision][calls.filter((one) => one === precision).length]!
        calls.push(precision)
        return f(...given)
      }
    }) as never)
    const { model, objective, optimizer } = oneWeightTraining({}).options
    const before = tf.memory().numTensors
    const found = slowInBfloat16(model, objective, optimizer, 16)
    expect(tf.memory().numTensors).toBe(before)
    return found
  }

  it("tells the best times of steps that take longer in bfloat16", () => {
    expect(told({ float32: [900, 25, 20, 30], bfloat16: [1, 90, 40, 41] })).toBe(
      "a step of this network takes longer in bfloat16 than in float32 (40 ms against 20 ms for two slices): train.precision: float32 is faster",
    )
    expect(told({ float32: [1, 39, 50, 50], bfloat16: [1, 50, 50, 40] })).toContain("(40 ms against 39 ms")
  })

  it("says nothing where they take as long, or less", () => {
    expect(told({ float32: [1, 40, 50, 60], bfloat16: [900, 60, 50, 40] })).toBeNull()
    expect(told({ float32: [1, 50, 50, 50], bfloat16: [900, 60, 60, 49] })).toBeNull()
  })

  it("takes turns, and leaves the first one out, in which the functions are made", () => {
    expect(told({ float32: [1, 50, 50, 50], bfloat16: [1, 30, 30, 30] })).toBeNull()
    expect(calls).toEqual(Array(4).fill(["float32", "bfloat16"]).flat())
  })
})
