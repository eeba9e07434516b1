import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { bfloat16Problem } from "../../src/engine/bfloat16.ts"
import { compile } from "../../src/engine/compile.ts"
import type { Failure } from "../../src/failure/failure.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

const cpuFlags = (): string => {
  try {
    return readFileSync("/proc/cpuinfo", "utf8")
  } catch {
    return ""
  }
}

const convolution = (x: tf.Tensor4D, kernel: tf.Tensor4D) => tf.conv2d(x, kernel, 1, "same")

/** The largest difference of two tensors, relative to the largest entry of the first. */
const difference = (a: tf.Tensor, b: tf.Tensor): number =>
  tf.tidy(() => tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.max(tf.abs(a))).dataSync()[0]!)

const inputs = () => ({
  x: tf.randomNormal([2, 16, 16, 8], 0, 1, "float32", 1) as tf.Tensor4D,
  kernel: tf.randomNormal([3, 3, 8, 8], 0, 1, "float32", 2) as tf.Tensor4D,
})

describe("bfloat16, on the JavaScript engine", () => {
  beforeAll(useJavascriptEngine)

  it("is refused", () => {
    expect(bfloat16Problem()).toMatchObject({ message: "bfloat16 needs the engine tensorflow" })
  })
})

describe.skipIf(whyNoTensorflow !== null)(`bfloat16, on TensorFlow's engine ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  it("is refused on a processor that has no instructions for it, and on a system that does not say", () => {
    for (const cpuinfo of ["processor : 0\nflags\t\t: fpu avx2 avx512f\n", null])
      expect(bfloat16Problem(cpuinfo)).toMatchObject({
        path: "train.precision",
        message: "this processor has no instructions for bfloat16",
        fix: "set train.precision to float32",
      })
  })

  // Where the processor lacks it, TensorFlow leaves the graph as it is.
  it.skipIf(!/\b(avx512_bf16|amx_bf16)\b/.test(cpuFlags()))(
    "rounds the inputs of a convolution to eight bits, but not those of a filter's gradient",
    () => {
      const { x, kernel } = inputs()
      const exact = convolution(x, kernel)
      const rounded = compile(convolution, { precision: "bfloat16" })(x, kernel)
      expect(rounded.dtype).toBe("float32")
      expect(difference(exact, rounded)).toBeGreaterThan(1e-5)
      expect(difference(exact, rounded)).toBeLessThan(2 ** -7)

      const byFilter = (at: tf.Tensor4D, filter: tf.Tensor4D, dy: tf.Tensor4D) =>
        tf.grad((f) => convolution(at, f as tf.Tensor4D))(filter, dy)
      const gradient = compile(byFilter, { precision: "bfloat16" })(x, kernel, exact)
      expect(difference(byFilter(x, kernel, exact), gradient)).toBeLessThan(1e-6)
    },
  )

  it("never falls back to operation by operation, which would be float32", () => {
    const onEager = () => undefined
    const reads = compile((a: tf.Tensor) => tf.mul(a, a.dataSync()[0]!), { onEager, precision: "bfloat16" })
    expect(() => reads(tf.scalar(2))).toThrow("the value of a tensor is read")
  })

  it("is named as what to change where a function would run in float32, and not where it would not", () => {
    const fixes = (f: (a: tf.Tensor) => tf.Tensor): unknown => {
      try {
        return compile(f, { precision: "bfloat16" })(tf.scalar(2))
      } catch (error) {
        return (error as Failure).problems[0]?.fix
      }
    }
    const remedy = ", or set train.precision to float32"
    expect(fixes((a) => tf.mul(a, a.dataSync()[0]!))).toContain(remedy)
    expect(fixes((a) => tf.mul(a, tf.randomUniform([1])))).toMatch(/^draw with (?!.*train\.precision)/)
  })
})
