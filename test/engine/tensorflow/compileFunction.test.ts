import * as tf from "@tensorflow/tfjs-core"
import { afterEach, beforeAll, describe, expect, it } from "vitest"
import { type Structure, structureOf } from "../../../src/engine/structure.ts"
import { type Backend, tensorflowBackend } from "../../../src/engine/tensorflow/backend.ts"
import type { CApi } from "../../../src/engine/tensorflow/capi.ts"
import { canCompile, compileFunction } from "../../../src/engine/tensorflow/compileFunction.ts"
import { precisionConfig } from "../../../src/engine/tensorflow/mixedPrecision.ts"
import { NotTraceable } from "../../../src/engine/tensorflow/notTraceable.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

type F = (...args: never[]) => unknown

const compiled = (f: (...args: tf.Tensor[]) => unknown, args: Structure) =>
  compileFunction(f as F, args, "float32")
const of = (...tensors: tf.Tensor[]) => structureOf(tensors, "")
const numbers = (tensor: unknown) => [...(tensor as tf.Tensor).dataSync()]

/** What is not traceable about a function whose calls do these in turn. */
const whyNot = (...calls: readonly ((a: tf.Tensor) => unknown)[]) => {
  let call = 0
  try {
    compiled((a) => calls[call++]!(a!), of(tf.scalar(1)))
  } catch (error) {
    if (error instanceof NotTraceable) return error.problem
    throw error
  }
  return null
}

describe("canCompile", () => {
  it("is so on no other engine than TensorFlow's", async () => {
    await useJavascriptEngine()
    expect(canCompile()).toBe(false)
  })
})

describe.skipIf(whyNoTensorflow !== null)(`compileFunction ${whyNoTensorflow ?? ""}`, () => {
  let backend: Backend
  let binding: Backend["binding"]

  beforeAll(async () => {
    await useTensorflowEngine()
    backend = tensorflowBackend()!
    binding = backend.binding
  })

  afterEach(() => {
    backend.binding = binding
  })

  it("is not possible while a function is traced", () => {
    expect(canCompile()).toBe(true)
    const possible: boolean[] = []
    compiled(
      (a) => {
        possible.push(canCompile())
        return tf.neg(a!)
      },
      of(tf.scalar(1)),
    )
    expect(possible).toEqual([false, false])
    expect(canCompile()).toBe(true)
  })

  it("gives each function a name of its own, and its results in their order", async () => {
    const args = of(tf.tensor1d([1, 2]), tf.tensor1d([10, 20]))
    const sum = compiled((a, b) => ({ sum: tf.add(a!, b!), first: a, name: "x" }), args)
    const difference = compiled((a, b) => tf.sub(a!, b!), args)
    const found = sum.run(args) as { sum: tf.Tensor; first: tf.Tensor; name: string }
    expect([numbers(found.sum), numbers(found.first), found.name]).toEqual([[11, 22], [1, 2], "x"])
    expect(numbers(difference.run(args))).toEqual([-9, -18])
    expect(numbers(await difference.runAside(of(tf.tensor1d([5, 5]), tf.tensor1d([1, 2]))))).toEqual([4, 3])
  })

  const add = (a: tf.Tensor) => tf.add(a, 1)
  const addTwice = (a: tf.Tensor) => tf.add(tf.add(a, 1), 1)

  it.each([
    [
      "another number",
      add,
      (a: tf.Tensor) => tf.add(a, 2),
      "the number 1 in one call, the number 2 in the next",
    ],
    ["another operation", tf.exp, tf.neg, "Exp(-2; T=1) in one call, Neg(-2; T=1) in the next"],
  ])("refuses a function that does %s in its second call", (_, first, second, found) => {
    expect(whyNot(first as typeof add, second as typeof add)).toMatchObject({
      message: "the function does something else in each call, for the same arguments",
      found,
    })
  })

  it("refuses one that does more, or less, in its second call", () => {
    // The third operation is a number, for the second addition.
    expect(whyNot(add, addTwice)!.found).toBe("nothing in one call, the number 1 in the next")
    expect(whyNot(addTwice, add)!.message).toMatch(/something else in each call/)
    expect(whyNot(addTwice, addTwice)).toBeNull()
  })

  it("throws what the function throws, and leaves the engine as it was", () => {
    const error = new Error("mine")
    const { tensorMap } = backend
    const before = tf.memory().numTensors
    expect(() =>
      compiled(
        (a) => {
          tf.exp(a!)
          throw error
        },
        of(tf.scalar(1)),
      ),
    ).toThrow(error)
    expect(tf.memory().numTensors).toBe(before + 1)
    expect(backend.binding).toBe(binding)
    expect(backend.tensorMap).toBe(tensorMap)
    expect(Object.hasOwn(backend, "read")).toBe(false)
  })

  /** The engine's API, of which every use is counted, and what sessions are made with. */
  const watched = () => {
    const counts: Record<string, number> = {}
    const configs: number[][] = []
    const setConfig: CApi["TF_SetConfig"] = (options, config, bytes, status) => {
      configs.push([...config.subarray(0, bytes)])
      binding.api.TF_SetConfig(options, config, bytes, status)
    }
    const api = new Proxy(binding.api, {
      get: (target, name: keyof CApi) => {
        counts[name] = (counts[name] ?? 0) + 1
        return name === "TF_SetConfig" ? setConfig : target[name]
      },
    })
    backend.binding = { ...binding, api }
    return { counts, configs }
  }

  it("gives back everything that a profile takes", () => {
    const args = of(tf.ones([2, 3]), tf.ones([3, 4]))
    const { counts } = watched()
    const { profile } = compiled((a, b) => [tf.matMul(a!, b!), tf.neg(a!), tf.exp(b!)], args)
    for (const name of Object.keys(counts)) delete counts[name]
    expect(profile(args).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining([expect.stringMatching(/MatMul/)]),
    )
    // Three runs to warm up and one that is told, of three results each; the two arguments.
    expect(counts).toMatchObject({
      ...{ TF_NewSessionOptions: 1, TF_DeleteSessionOptions: 1, TF_NewSession: 1 },
      ...{ TF_CloseSession: 1, TF_DeleteSession: 1, TF_SessionRun: 4 },
      ...{ TF_NewBufferFromString: 1, TF_NewBuffer: 4, TF_DeleteBuffer: 5, TF_DeleteTensor: 4 * 3 + 2 },
      ...{ TF_NewGraph: 1, TF_DeleteGraph: 1, TF_NewStatus: 2, TF_DeleteStatus: 2 },
    })
  })

  it("profiles with the engine's threads, and in the precision that it was compiled for", () => {
    const args = of(tf.scalar(1))
    const { configs } = watched()
    for (const precision of ["float32", "bfloat16"] as const)
      compileFunction(((a: tf.Tensor) => tf.neg(a)) as F, args, precision).profile(args)
    expect(configs).toEqual([[...binding.config], [...binding.config, ...precisionConfig("bfloat16")]])
  })
})
