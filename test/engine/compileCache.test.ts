import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { compile, refusal as refusalOf } from "../../src/engine/compile.ts"
import { NotTraceable } from "../../src/engine/tensorflow/notTraceable.ts"
import { refusal } from "../data/support/refusal.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()]

describe("refusal", () => {
  it("names float32 as a way out where that would run, and only there", () => {
    for (const [why, precision, isNamed] of [
      [NotTraceable.read(), "bfloat16", true],
      [NotTraceable.read(), "float32", false],
      [NotTraceable.random(), "bfloat16", false],
      [NotTraceable.random(), "float32", false],
    ] as const) {
      const { kind, problems } = refusalOf(why, precision)
      expect(kind).toBe("config")
      const remedy = ", or set train.precision to float32"
      expect(problems).toEqual([
        isNamed ? { ...why.problem, fix: `${why.problem.fix}${remedy}` } : why.problem,
      ])
    }
  })
})

describe("compile, where functions are not compiled", () => {
  beforeAll(useJavascriptEngine)

  it("runs the function itself, here and aside, and has no profile of it", async () => {
    const calls = vi.fn()
    const onEager = vi.fn()
    const f = compile(
      (a: tf.Tensor) => {
        calls()
        return tf.mul(a, a.dataSync()[0]!)
      },
      { onEager },
    )
    expect(numbers(f(tf.tensor1d([3, 4])))).toEqual([9, 12])
    expect(numbers(await f.aside(tf.tensor1d([2, 5])))).toEqual([4, 10])
    expect(f.profile(tf.scalar(1))).toBeNull()
    expect(calls).toHaveBeenCalledTimes(2)
    expect(onEager).not.toHaveBeenCalled()
  })

  it("refuses numbers of the host aside, too, and in a profile", async () => {
    const f = compile((rate: number) => tf.scalar(rate))
    const message = "the argument 0 is a number of the host"
    expect((await refusal(f.aside(0.1))).message).toBe(message)
    expect((await refusal(() => f.profile(0.1))).message).toBe(message)
  })

  it("throws on a value that is no argument at all", () => {
    expect(() => compile((of: unknown) => of)(new Map())).toThrow(
      new TypeError("0 is object: neither a tensor nor a record, a list or an option"),
    )
  })
})

describe.skipIf(whyNoTensorflow !== null)(`what compile keeps ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  /** A function that counts how often it is called itself: twice for each function that is made of it. */
  const counted = (options: Parameters<typeof compile>[1] = {}) => {
    const calls = vi.fn()
    const f = compile((a: tf.Tensor, scale: string) => {
      calls()
      return tf.mul(a, scale.length)
    }, options)
    return { f, calls }
  }

  it("is one function for all three ways to call it", async () => {
    const { f, calls } = counted()
    expect(numbers(f(tf.tensor1d([1, 2]), "ab"))).toEqual([2, 4])
    expect(numbers(await f.aside(tf.tensor1d([3, 4]), "ab"))).toEqual([6, 8])
    expect(calls).toHaveBeenCalledTimes(2)
    // A profile traces it once more, into a graph of its own.
    expect(f.profile(tf.tensor1d([5, 6]), "ab")).not.toBeNull()
    expect(calls).toHaveBeenCalledTimes(3)
  })

  it("belongs to one compiled function alone, and to one precision", () => {
    const shared = vi.fn((a: tf.Tensor) => tf.neg(a))
    const [one, other] = [compile(shared), compile(shared, { precision: "bfloat16" })]
    for (let i = 0; i < 2; i++) for (const f of [one, other]) expect(numbers(f(tf.scalar(2)))).toEqual([-2])
    expect(shared).toHaveBeenCalledTimes(4)
  })

  it("tells once that a function runs operation by operation, whatever its arguments", () => {
    const onEager = vi.fn()
    const f = compile((a: tf.Tensor) => tf.mul(a, a.dataSync()[0]!), { onEager })
    for (const values of [[2], [2, 3], [4], [1, 2, 3]])
      expect(numbers(f(tf.tensor1d(values)))).toEqual(values.map((value) => value * values[0]!))
    expect(onEager.mock.calls).toEqual([
      ["the value of a tensor is read (dataSync, or another read to the host)"],
    ])
    expect(f.profile(tf.tensor1d([1]))).toBeNull()
  })

  it("does not try again what runs operation by operation, and leaves nothing behind", async () => {
    const tries = vi.fn()
    const f = compile(
      (a: tf.Tensor) => {
        tries()
        return [a, tf.mul(a, a.dataSync()[0]!)]
      },
      { onEager: () => undefined },
    )
    const a = tf.tensor1d([2, 3])
    tf.dispose(f(a))
    expect(tries).toHaveBeenCalledTimes(2) // in vain, and then for good
    const before = tf.memory().numTensors
    for (let i = 0; i < 3; i++) tf.dispose([...f(a), ...(await f.aside(a))])
    expect(tf.memory().numTensors).toBe(before)
    expect(tries).toHaveBeenCalledTimes(8)
    expect(a.isDisposed).toBe(false)
  })

  it("is nothing of what was refused, so that it is refused again", async () => {
    const f = compile((a: tf.Tensor) => tf.mul(a, Math.random()), { onEager: () => undefined })
    for (const call of [() => f(tf.scalar(1)), () => f.aside(tf.scalar(1)), () => f.profile(tf.scalar(1))])
      expect((await refusal(async () => call())).message).toBe(
        "random numbers are drawn outside of the engine",
      )
  })

  it("is refused with float32 as a way out in bfloat16 alone", async () => {
    const reads = (a: tf.Tensor) => tf.mul(a, a.dataSync()[0]!)
    const fixOf = async (precision: "float32" | "bfloat16") =>
      (await refusal(() => compile(reads, { precision })(tf.scalar(1)))).problems[0]!.fix
    const { fix } = NotTraceable.read().problem
    expect(await fixOf("float32")).toBe(fix)
    expect(await fixOf("bfloat16")).toBe(`${fix}, or set train.precision to float32`)
  })

  it("throws what TensorFlow says of a call aside, and works on", async () => {
    const f = compile((x: tf.Tensor, at: tf.Tensor) => tf.gather(x, at as tf.Tensor1D))
    const [x, at, beyond] = [tf.tensor1d([1, 2]), tf.tensor1d([1], "int32"), tf.tensor1d([9], "int32")]
    expect(numbers(await f.aside(x, at))).toEqual([2])
    const before = tf.memory().numTensors
    expect((await refusal(f.aside(x, beyond))).kind).toBe("bug")
    expect((await refusal(() => f(x, beyond))).kind).toBe("bug")
    expect(tf.memory().numTensors).toBe(before)
    expect(numbers(await f.aside(x, at))).toEqual([2])
  })
})
