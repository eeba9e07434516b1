import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { bfloat16Problem } from "../../src/engine/bfloat16.ts"
import { compile } from "../../src/engine/compile.ts"
import type { Failure } from "../../src/failure/failure.ts"
import { agBce } from "../../src/losses/agBce.ts"
import { bce } from "../../src/losses/bce.ts"
import { jaccard } from "../../src/losses/jaccard.ts"
import type { At } from "../../src/losses/loss.ts"
import { softDice } from "../../src/losses/softDice.ts"
import { fullPrecision } from "../../src/tensor/ops/fullPrecision.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

const cpuFlags = (): string => {
  try {
    return readFileSync("/proc/cpuinfo", "utf8")
  } catch {
    return ""
  }
}

const hasInstructions = /\b(avx512_bf16|amx_bf16)\b/.test(cpuFlags())

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
    expect(bfloat16Problem()).toEqual({
      path: "train.precision",
      message: "bfloat16 needs the engine tensorflow",
      found: "the engine javascript, which computes in float32",
      fix: "set train.precision to float32, or run `npm run setup` for TensorFlow",
    })
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
  it.skipIf(!hasInstructions)(
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

  it.skipIf(!hasInstructions).each([
    ["bce", bce()],
    ["softDice", softDice({ smooth: 1, squared: false, over: "batch" })],
    ["jaccard", jaccard({ smooth: 1, over: "batch" })],
    ["agBce", agBce({ kernel: 4, hardWeight: 4, form: "reference" })],
  ] as const)("leaves the loss in float32, as a difference of nearly equal numbers needs: %s", (_, loss) => {
    // Logits around 7 where the mask is 1: 1 - p is a thousandth, which is nothing to a number of eight bits near 1.
    const x = tf.add(tf.mul(tf.randomNormal([2, 16, 16, 1], 0, 1, "float32", 3), 0.1), 7) as tf.Tensor4D
    const mask = tf.ones([2, 16, 16, 1]) as tf.Tensor4D
    const start = tf.fill([1, 1, 1, 1], 1)
    const at = { progress: tf.scalar(0), key: tf.tensor1d([1, 2], "int32") }
    const step = (kernel: tf.Tensor, x: tf.Tensor4D, mask: tf.Tensor4D, at: At) => {
      const { value, grad } = tf.valueAndGrad((k) => {
        // Two convolutions, as TensorFlow turns what lies between two of them.
        const logits = tf.conv2d(tf.conv2d(x, k as tf.Tensor4D, 1, "same"), k as tf.Tensor4D, 1, "same")
        return loss.apply({}, fullPrecision(logits), { mask, second: mask, distance: mask }, at)
      })(kernel)
      return { value, grad }
    }
    const exact = step(start, x, mask, at)
    const rounded = compile(step, { precision: "bfloat16" })(start, x, mask, at)
    expect(difference(exact.value, rounded.value)).toBeLessThan(0.03)
    expect(difference(exact.grad, rounded.grad)).toBeLessThan(0.03)
    expect(difference(exact.grad, rounded.grad)).toBeGreaterThan(0)
  })

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
