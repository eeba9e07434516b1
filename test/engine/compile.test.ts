import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { compile } from "../../src/engine/compile.ts"
import { Failure } from "../../src/failure/failure.ts"
import { bce } from "../../src/losses/bce.ts"
import { fullResolution } from "../../src/losses/objective.ts"
import { unet } from "../../src/models/unet.ts"
import { adam } from "../../src/optimizers/adam.ts"
import { initTrainState, trainStateToArrays } from "../../src/stages/training/trainState.ts"
import { trainStep } from "../../src/stages/training/trainStep.ts"
import { statelessNormal } from "../../src/tensor/ops/statelessNormal.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()]

const problemOf = (call: () => unknown) => {
  try {
    call()
  } catch (error) {
    if (error instanceof Failure) return { kind: error.kind, ...error.problems[0]! }
    throw error
  }
  throw new Error("it was not refused")
}

/** What holds on every engine. */
const everyEngine = () => {
  it("a compiled function computes what the function computes", () => {
    const hypotenuse = compile((a: tf.Tensor, b: tf.Tensor) => tf.sqrt(tf.add(tf.square(a), tf.square(b))))
    expect(numbers(hypotenuse(tf.tensor1d([3, 5]), tf.tensor1d([4, 12])))).toEqual([5, 13])
    expect(numbers(hypotenuse(tf.tensor1d([8, 0]), tf.tensor1d([6, 2])))).toEqual([10, 2])
  })

  it("records, lists and options go in and come out as they are", async () => {
    const f = compile(({ pair, negate }: { pair: readonly tf.Tensor[]; negate: boolean }) => ({
      sum: negate ? tf.neg(tf.addN([...pair])) : tf.addN([...pair]),
      parts: pair.map((part) => tf.mul(part, 2)),
      name: "sum" as const,
    }))
    const pair = [tf.scalar(1), tf.scalar(2)]
    const plain = f({ pair, negate: false })
    const negative = await f.aside({ pair, negate: true })
    expect(numbers(plain.sum)).toEqual([3])
    expect(numbers(negative.sum)).toEqual([-3])
    expect(negative.parts.map(numbers)).toEqual([[2], [4]])
    expect(plain.name).toBe("sum")
  })

  it("results are the caller's own, even when they are arguments or come twice", () => {
    const f = compile((a: tf.Tensor) => {
      const double = tf.mul(a, 2)
      return [a, double, double] as const
    })
    const a = tf.tensor1d([1, 2])
    const [same, first, second] = f(a)
    tf.dispose([a, first])
    expect(numbers(same)).toEqual([1, 2])
    expect(numbers(second)).toEqual([2, 4])
  })

  it("nothing but the results is left behind", () => {
    const f = compile((a: tf.Tensor) => tf.exp(tf.mul(a, tf.scalar(0.5))))
    const a = tf.scalar(0)
    tf.dispose(f(a))
    const before = tf.memory().numTensors
    for (let i = 0; i < 3; i++) tf.dispose(f(a))
    expect(tf.memory().numTensors).toBe(before)
  })

  it("a number of the host among the arguments is refused by name", () => {
    const f = compile(({ rate }: { rate: number }) => tf.scalar(rate))
    expect(problemOf(() => f({ rate: 0.1 }))).toMatchObject({
      kind: "config",
      message: "the argument 0.rate is a number of the host",
      fix: "pass tf.scalar(...)",
    })
  })

  it("an error of the function itself is thrown as it is", () => {
    const f = compile((): tf.Tensor => {
      throw new RangeError("kernel must be at least 1")
    })
    expect(() => f()).toThrow(RangeError)
  })
}

describe("compile, on the JavaScript engine", () => {
  beforeAll(useJavascriptEngine)
  everyEngine()
})

describe.skipIf(whyNoTensorflow !== null)(`compile, on TensorFlow's engine ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)
  everyEngine()

  it("the function itself is called for the first of each shape, type and option", () => {
    const calls = vi.fn()
    const compiled = compile((a: tf.Tensor, option: string) => {
      calls()
      return tf.mul(a, option.length)
    })
    for (const values of [[1], [2], [1, 2], [3, 4]]) compiled(tf.tensor1d(values), "a")
    // Twice, to see whether it does the same.
    expect(calls).toHaveBeenCalledTimes(2 * 2)
    compiled(tf.tensor1d([1], "int32"), "a")
    compiled(tf.tensor1d([1]), "b")
    compiled(tf.tensor1d([1]), "b")
    expect(calls).toHaveBeenCalledTimes(2 * 4)
  })

  it("a training step has the same bits as operation by operation, batches of both sizes", () => {
    const model = unet({ depth: 3, baseWidth: 4 })
    const objective = fullResolution(bce())
    const eager = trainStep(model, objective, adam())
    const compiled = compile(eager)
    for (const size of [3, 2]) {
      const images = tf.randomNormal([size, 16, 16, 1], 0, 1, "float32", 3) as tf.Tensor4D
      const batch = { images, truths: [{ mask: tf.step(images) as tf.Tensor4D }] }
      const states = [eager, compiled].map((step) => {
        let state = initTrainState(model, objective, adam(), rootKey(3))
        for (let i = 1; i <= 3; i++) {
          const at = {
            progress: tf.scalar(0),
            key: tf.tensor1d([i, 2], "int32"),
            learningRate: tf.scalar(0.01),
            step: tf.scalar(i),
          }
          state = step(state, batch, at).state
        }
        return trainStateToArrays(state)
      })
      expect(states[1]).toEqual(states[0])
    }
  })

  it("keyed randomness is drawn anew for each key, the same as operation by operation", () => {
    const f = (key: tf.Tensor1D) => statelessNormal(key, [4])
    const compiled = compile(f)
    const [one, two] = [tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32")]
    expect(numbers(compiled(one))).toEqual(numbers(f(one)))
    expect(numbers(compiled(two))).toEqual(numbers(f(two)))
    expect(numbers(compiled(two))).not.toEqual(numbers(f(one)))
  })

  it("a function that another one calls is traced along", () => {
    const inner = compile((a: tf.Tensor) => tf.mul(a, 3))
    const outer = compile((a: tf.Tensor) => tf.add(inner(a), 1))
    expect(numbers(outer(tf.scalar(2)))).toEqual([7])
  })

  it("a profile tells what each operation took", () => {
    const f = compile((a: tf.Tensor2D, b: tf.Tensor2D) => tf.sum(tf.matMul(a, b)))
    const a = tf.ones([300, 300]) as tf.Tensor2D
    const before = tf.memory().numTensors
    const times = f.profile(a, a)!
    expect(tf.memory().numTensors).toBe(before)
    const product = times.find(({ operation }) => /MatMul/.test(operation))!
    const sum = times.find(({ operation }) => operation === "Sum")!
    expect(product.micros).toBeGreaterThan(0)
    expect(sum.startMicros).toBeGreaterThanOrEqual(product.startMicros + product.micros)
  })

  it("a list and a record of the same tensors have functions of their own", () => {
    const f = compile((parts: readonly tf.Tensor[] | { readonly 0: tf.Tensor }) =>
      tf.mul(parts[0]!, Array.isArray(parts) ? 10 : 1000),
    )
    expect(numbers(f([tf.scalar(1)]))).toEqual([10])
    expect(numbers(f({ 0: tf.scalar(1) }))).toEqual([1000])
  })

  it("the event loop goes on while a function runs aside", async () => {
    const f = compile((a: tf.Tensor2D) => tf.sum(tf.matMul(tf.matMul(a, a), a)))
    const a = tf.fill([900, 900], 1e-3) as tf.Tensor2D
    tf.dispose(f(a))
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    const results: tf.Tensor[] = []
    for (let i = 0; i < 5; i++) results.push(await f.aside(a))
    clearInterval(turning)
    expect(turns).toBeGreaterThan(0)
    expect(numbers(results[0]!)[0]).toBeCloseTo(900 ** 4 * 1e-9, -1)
  })

  describe("refuses by name, and runs operation by operation where that is right", () => {
    const outside = tf.tensor1d([1, 2])
    const refused: Readonly<Record<string, [(a: tf.Tensor1D) => tf.Tensor, RegExp, RegExp]>> = {
      "a read": [(a) => tf.mul(a, a.dataSync()[0]!), /value of a tensor is read/, /dataSync/],
      "a read inside an operation": [
        (a) =>
          tf.gather(
            a,
            tf.tensor1d(
              a.arraySync().map((_, i) => i),
              "int32",
            ),
          ),
        /value of a tensor is read/,
        /dataSync/,
      ],
      "a shape that depends on values": [
        (a) => tf.cast(tf.unique(a).values, "float32"),
        /shape of a result depends on values/,
        /tf\.unique/,
      ],
      "a tensor from outside": [(a) => tf.add(a, outside), /not an argument/, /tf\.add/],
    }
    for (const [what, [f, message, found]] of Object.entries(refused))
      it(what, () => {
        expect(problemOf(() => compile(f)(tf.tensor1d([2, 2])))).toMatchObject({
          kind: "config",
          message: expect.stringMatching(message),
          found: expect.stringMatching(found),
          fix: expect.any(String),
        })
        const onEager = vi.fn()
        const compiled = compile(f, { onEager })
        for (const values of [
          [2, 2],
          [3, 3],
          [1, 3],
        ]) {
          const a = tf.tensor1d(values)
          expect(numbers(compiled(a))).toEqual(numbers(f(a)))
        }
        expect(onEager).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(message))
      })

    it("what would be wrong operation by operation, too: tensors that are kept, and what changes from call to call", () => {
      let calls = 0
      const onEager = vi.fn()
      for (const [f, message] of [
        [(a: tf.Tensor) => tf.add(a, tf.keep(tf.mul(a, 2))), /outlive the call/],
        [(a: tf.Tensor) => tf.mul(a, ++calls), /something else in each call/],
        [(a: tf.Tensor) => (++calls % 2 === 0 ? tf.exp(a) : tf.neg(a)), /something else in each call/],
      ] as const)
        expect(problemOf(() => compile(f, { onEager })(tf.tensor1d([1, 2])))).toMatchObject({
          kind: "config",
          message: expect.stringMatching(message),
        })
      expect(onEager).not.toHaveBeenCalled()
    })

    it("a read that the function hides, or does not wait for", async () => {
      const hidden = compile((a: tf.Tensor) => {
        try {
          return tf.mul(a, a.dataSync()[0]!)
        } catch {
          return tf.clone(a)
        }
      })
      const asynchronous = compile((a: tf.Tensor) => {
        void a.data().then((values) => values[0])
        return tf.neg(a)
      })
      for (const f of [hidden, asynchronous])
        expect(problemOf(() => f(tf.tensor1d([1, 2]))).message).toBe("the value of a tensor is read")
      expect(await tf.tensor1d([1, 2]).data()).toEqual(Float32Array.of(1, 2))
    })

    it("random numbers of the host, whatever happens on other engines", () => {
      const onEager = vi.fn()
      const random = Math.random
      for (const f of [
        (a: tf.Tensor) => tf.dropout(a, 0.5),
        (a: tf.Tensor) => tf.mul(a, tf.randomNormal([2])),
        (a: tf.Tensor) => tf.mul(a, Math.random()),
      ])
        expect(problemOf(() => compile(f, { onEager })(tf.tensor1d([1, 2])))).toMatchObject({
          kind: "config",
          message: "random numbers are drawn outside of the engine",
          found: expect.stringMatching(/tf\.dropout|tf\.randomNormal|Math\.random/),
        })
      expect(onEager).not.toHaveBeenCalled()
      expect(Math.random).toBe(random)
    })

    it("and is whole again after a refusal", () => {
      problemOf(() => compile((a: tf.Tensor1D) => tf.mul(a, a.dataSync()[0]!))(tf.tensor1d([1])))
      expect(numbers(outside)).toEqual([1, 2])
      expect(numbers(tf.add(outside, 1))).toEqual([2, 3])
    })
  })
})
