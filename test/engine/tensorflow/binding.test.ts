import * as tf from "@tensorflow/tfjs-core"
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { beforeAll, describe, expect, it } from "vitest"
import { makeBinding } from "../../../src/engine/tensorflow/binding.ts"
import { type CApi, loadCApi } from "../../../src/engine/tensorflow/capi.ts"
import { findLibrary } from "../../../src/engine/tensorflow/library.ts"
import { startTensorflow } from "../../../src/engine/tensorflow/start.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { whyNoTensorflow } from "../../support/tensorflow.ts"

const failureOf = (f: () => unknown): Failure => {
  try {
    f()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

/** The same API, which counts the calls of each function. */
const counting = (api: CApi): { readonly api: CApi; readonly calls: Record<string, number> } => {
  const calls: Record<string, number> = {}
  const get = (target: CApi, name: keyof CApi) => {
    calls[name] = (calls[name] ?? 0) + 1
    return target[name]
  }
  return { api: new Proxy(api, { get: (target, name) => get(target, name as keyof CApi) }), calls }
}

describe.skipIf(whyNoTensorflow !== null)(`makeBinding ${whyNoTensorflow ?? ""}`, () => {
  let binding: TFJSBinding

  beforeAll(async () => {
    process.env.TF_CPP_MIN_LOG_LEVEL = "2"
    binding = await startTensorflow(findLibrary().library!, 2)
  })

  const matrix = (rows: number, columns: number, values: number[]) =>
    binding.createTensor([rows, columns], binding.TF_FLOAT, Float32Array.from(values))

  const matMulAttributes = () => [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "transpose_a", type: binding.TF_ATTR_BOOL, value: false },
  ]

  it("multiplies two matrices", () => {
    // [1 2; 3 4] [5; 6] = [17; 39]
    const ids = [matrix(2, 2, [1, 2, 3, 4]), matrix(2, 1, [5, 6])]
    const [product] = binding.executeOp("MatMul", matMulAttributes(), ids, 1)
    expect(product!.shape).toEqual([2, 1])
    expect([...binding.tensorDataSync(product!.id)]).toEqual([17, 39])
    for (const id of [...ids, product!.id]) binding.deleteTensor(id)
  })

  it("gives everything back to TensorFlow over 2,000 rounds, failures included", () => {
    const { api, calls } = counting(loadCApi(findLibrary().library!))
    const binding = makeBinding(api, 2)
    for (let round = 0; round < 2000; round++) {
      const ids = [
        binding.createTensor([2, 2], binding.TF_FLOAT, Float32Array.of(1, 2, 3, round)),
        binding.createTensor(
          [round % 10 === 0 ? 1 : 2, 1],
          binding.TF_FLOAT,
          new Float32Array(round % 10 === 0 ? 1 : 2),
        ),
      ]
      if (round % 10 === 0) {
        failureOf(() => binding.executeOp("MatMul", matMulAttributes(), ids, 1))
      } else {
        const [product] = binding.executeOp("MatMul", matMulAttributes(), ids, 1)
        binding.tensorDataSync(product!.id)
        binding.deleteTensor(product!.id)
      }
      for (const id of ids) binding.deleteTensor(id)
    }
    // Two matrices a round, and their product in nine rounds of ten, which is also read.
    expect(calls).toMatchObject({
      TF_AllocateTensor: 4000,
      TFE_TensorHandleResolve: 1800,
      TF_DeleteTensor: 4000 + 1800,
      TFE_NewTensorHandle: 4000,
      TFE_DeleteTensorHandle: 4000 + 1800,
      TFE_NewOp: 2000,
      TFE_DeleteOp: 2000,
    })
    expect(binding.getNumOfTensors()).toBe(0)
  })

  it("names the operation, the code and the inputs of an error", () => {
    const ids = [matrix(2, 3, [1, 2, 3, 4, 5, 6]), matrix(2, 3, [1, 2, 3, 4, 5, 6])]
    const thrown = failureOf(() => binding.executeOp("MatMul", matMulAttributes(), ids, 1))
    expect(thrown.kind).toBe("bug")
    expect(thrown.message).toBe("TensorFlow's MatMul failed with INVALID_ARGUMENT")
    expect(thrown.problems[0]!.found).toMatch(
      /^Matrix size-incompatible.*; inputs float32 \[2, 3\], float32 \[2, 3\]$/,
    )
  })

  it.each([
    [{ TF_AllocateTensor: () => null }, 0],
    [{ TF_TensorData: () => null }, 1],
  ])("is the environment's failure when there is no memory for a tensor", (without, tensors) => {
    const { api, calls } = counting({ ...loadCApi(findLibrary().library!), ...without })
    const refused = makeBinding(api, 1)
    const thrown = failureOf(() => refused.createTensor([1], refused.TF_FLOAT, Float32Array.of(1)))
    expect(thrown.kind).toBe("environment")
    expect(thrown.message).toBe("there is not enough memory for TensorFlow's TF_AllocateTensor")
    expect(thrown.problems[0]!.found).toBe("no memory for 4 bytes")
    expect(calls.TF_DeleteTensor ?? 0).toBe(tensors)
  })

  it("works on after an error", () => {
    expect(failureOf(() => binding.executeOp("NoSuchOperation", [], [], 1)).message).toContain(
      "NoSuchOperation",
    )
    expect([...tf.add(tf.tensor1d([1]), 2).dataSync()]).toEqual([3])
  })

  it("carries every type of tfjs there and back", () => {
    expect([...tf.tensor1d([1.5, -2]).dataSync()]).toEqual([1.5, -2])
    expect([...tf.cast(tf.tensor1d([1.5, -2]), "int32").dataSync()]).toEqual([1, -2])
    expect([...tf.cast(tf.tensor1d([1, 0], "bool"), "float32").dataSync()]).toEqual([1, 0])
    expect(tf.zeros([0, 3]).dataSync().length).toBe(0)
    expect(tf.scalar(7).dataSync()[0]).toBe(7)
  })

  it("refuses values that do not fill the shape", () => {
    expect(() => binding.createTensor([2, 2], binding.TF_FLOAT, Float32Array.of(1))).toThrow(
      "a tensor of shape [2, 2] takes 16 bytes, got 4",
    )
  })

  it("does not let a tensor be used after it is deleted", () => {
    const id = matrix(1, 1, [1])
    binding.deleteTensor(id)
    expect(() => binding.tensorDataSync(id)).toThrow(`tensor ${id} does not exist`)
  })
})
