import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { bfloat16Problem } from "../../src/engine/bfloat16.ts"
import { compile } from "../../src/engine/compile.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

vi.mock("../../src/engine/compile.ts", () => ({ compile: vi.fn() }))

const flags = (...names: readonly string[]) =>
  `processor\t: 0\nflags\t\t: fpu ${names.join(" ")} avx2\nbugs\t: none\n`
const able = flags("avx512_bf16")

describe.skipIf(whyNoTensorflow !== null)(`whether bfloat16 is worth while ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  let clock = 0
  /** What was run, in order. */
  let runs: string[] = []

  beforeEach(() => {
    clock = 0
    runs = []
    vi.spyOn(performance, "now").mockImplementation(() => clock)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** Trials that take so long, round after round; the last time stays. */
  const taking = (times: Readonly<Record<"float32" | "bfloat16", readonly number[]>>) => {
    vi.mocked(compile).mockImplementation(((
      _: unknown,
      { precision }: { precision: "float32" | "bfloat16" },
    ) => {
      const left = [...times[precision]]
      return () => {
        runs.push(precision)
        clock += left.length > 1 ? left.shift()! : left[0]!
        return []
      }
    }) as never)
  }

  it("is so unless it takes a tenth longer than float32, which is told", () => {
    taking({ float32: [10], bfloat16: [10.9] })
    expect(bfloat16Problem(able)).toBeNull()
    taking({ float32: [10], bfloat16: [5] })
    expect(bfloat16Problem(able)).toBeNull()
    taking({ float32: [10], bfloat16: [11.04] })
    expect(bfloat16Problem(able)).toEqual({
      path: "train.precision",
      message: "bfloat16 is slower than float32 here",
      found: "11.0 ms for a trial convolution, 10.0 ms in float32",
      fix: "set train.precision to float32",
    })
  })

  it("takes the fastest of seven rounds in turns, after one that makes the functions", () => {
    taking({ float32: [1, 30, 10, 30, 20], bfloat16: [1, 40, 50, 10.5, 40] })
    expect(bfloat16Problem(able)).toBeNull()
    expect(runs).toEqual(new Array(8).fill(["float32", "bfloat16"]).flat())
    // The first of each does not count, however fast.
    taking({ float32: [90, 10], bfloat16: [1, 20] })
    expect(bfloat16Problem(able)?.found).toBe("20.0 ms for a trial convolution, 10.0 ms in float32")
  })

  it("is tried on processors with the instructions alone, as their flags name them", () => {
    taking({ float32: [10], bfloat16: [5] })
    expect(bfloat16Problem(flags("amx_bf16"))).toBeNull()
    for (const [cpuinfo, found] of [
      [flags("avx512_bf16x"), "neither among the processor's flags"],
      [able.replace("flags", "Features"), "neither among the processor's flags"],
      ["", "neither among the processor's flags"],
      [null, "a system that does not name them"],
    ] as const)
      expect(bfloat16Problem(cpuinfo)).toEqual({
        path: "train.precision",
        message: "this processor has no instructions for bfloat16",
        expected: "amx_bf16 or avx512_bf16",
        found,
        fix: "set train.precision to float32",
      })
    expect(runs).toHaveLength(16)
  })

  it("is tried on a convolution of 3 x 3 and its gradient by the input, of 64 channels and 64 x 64 pixels", () => {
    const gradients: tf.Tensor[] = []
    vi.mocked(compile).mockImplementation(((step: (...given: readonly tf.Tensor[]) => tf.Tensor) =>
      (...given: readonly tf.Tensor[]) => {
        if (gradients.length === 0) gradients.push(step(...given))
        return []
      }) as never)
    bfloat16Problem(able)
    const [gradient] = gradients as [tf.Tensor4D]
    expect(gradient.shape).toEqual([4, 64, 64, 64])
    // Each of 64 channels gives 0.5 times 0.01 for every neighbour that is there: 4 in a corner, 6 at an edge, else 9.
    const at = (row: number, column: number) =>
      tf.slice(gradient, [3, row, column, 63], [1, 1, 1, 1]).dataSync()[0]
    expect(at(0, 0)).toBeCloseTo(4 * 0.32, 4)
    expect(at(63, 7)).toBeCloseTo(6 * 0.32, 4)
    expect(at(5, 9)).toBeCloseTo(9 * 0.32, 4)
    gradient.dispose()
  })

  it.runIf(process.platform === "linux")(
    "is asked of this machine's processor unless another is given",
    () => {
      taking({ float32: [10], bfloat16: [5] })
      expect(bfloat16Problem()).toEqual(bfloat16Problem(readFileSync("/proc/cpuinfo", "utf8")))
    },
  )

  it("leaves no tensor behind", () => {
    taking({ float32: [10], bfloat16: [5] })
    const before = tf.memory().numTensors
    bfloat16Problem(able)
    expect(tf.memory().numTensors).toBe(before)
  })
})
