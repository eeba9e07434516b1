import type { TFEOpAttr } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { describe, expect, it } from "vitest"
import { makeBinding } from "../../../src/engine/tensorflow/binding.ts"
import type { CApi } from "../../../src/engine/tensorflow/capi.ts"
import { attributeKind, dataType } from "../../../src/engine/tensorflow/dataType.ts"
import { refusal } from "../../data/support/refusal.ts"
import { fakeApi } from "./fakeApi.ts"

/** A handle is a matrix of 2 x 3, an operation has so many outputs. */
const made = (outputs = 1, answers: Partial<CApi> = {}) => {
  const execute: CApi["TFE_Execute"] = (_, handles, count) => {
    for (let i = 0; i < outputs; i++) handles[i] = BigInt(500 + i)
    count[0] = outputs
  }
  const fake = fakeApi({
    TFE_TensorHandleDataType: () => dataType.float32,
    TFE_TensorHandleNumDims: () => 2,
    TFE_TensorHandleDim: (_, index) => [2, 3][index]!,
    TFE_Execute: execute,
    executeAside: async (...args) => execute(...args),
    TF_TensorData: () => 6n,
    view: () => new ArrayBuffer(24),
    ...answers,
  })
  const binding = makeBinding(fake.api, 2)
  const matrix = () => binding.createTensor([2, 3], dataType.float32, new Float32Array(6))
  return { ...fake, binding, matrix }
}

const type: TFEOpAttr = { name: "T", type: attributeKind.TYPE, value: dataType.float32 }
const unknown = { name: "a", type: 99, value: 1 }

describe("makeBinding, of TensorFlow's memory", () => {
  it.each([
    [0, 1],
    [1, 1],
    [6, 6],
    [127, 127],
    [128, 127],
  ])("asks for %i threads within and between operations as %i", (threads, count) => {
    const { api, calls } = fakeApi()
    // ConfigProto's fields 2 and 5 are numbers.
    const config = Uint8Array.of(2 * 8, count, 5 * 8, count)
    expect(makeBinding(api, threads).config).toEqual(config)
    const [, options, ...given] = calls.find(([name]) => name === "TFE_ContextOptionsSetConfig")!
    expect(given.slice(0, 2)).toEqual([config, 4])
    expect(calls).toContainEqual(["TFE_DeleteContextOptions", options])
  })

  it.each(["TFE_ContextOptionsSetConfig", "TFE_NewContext"] as const)(
    "does not begin without %s",
    async (name) => {
      const { api, fail } = fakeApi()
      fail(name, 13, "no")
      expect((await refusal(() => makeBinding(api, 2))).message).toBe(
        `TensorFlow's ${name} failed with INTERNAL`,
      )
    },
  )

  it("numbers tensors from 1, and gives each back once", () => {
    const { binding, matrix, calls, count } = made()
    expect([matrix(), matrix()]).toEqual([1, 2])
    expect(binding.getNumOfTensors()).toBe(2)
    // What was allocated is TensorFlow's once a handle is made of it.
    expect(count("TF_DeleteTensor")).toBe(2)
    const [, tensor] = calls.find(([name]) => name === "TFE_NewTensorHandle")!
    expect(calls).toContainEqual(["TF_DeleteTensor", tensor])
    binding.deleteTensor(1)
    expect(binding.getNumOfTensors()).toBe(1)
    expect(count("TFE_DeleteTensorHandle")).toBe(1)
    expect(() => binding.deleteTensor(1)).toThrow("tensor 1 does not exist, or no longer")
    expect(() => binding.resolve(7)).toThrow("tensor 7 does not exist")
  })

  it("keeps nothing of a tensor that TensorFlow does not take", async () => {
    const { binding, matrix, fail, count } = made()
    fail("TFE_NewTensorHandle", 3, "no")
    expect((await refusal(matrix)).message).toContain("TFE_NewTensorHandle")
    expect(count("TF_DeleteTensor")).toBe(1)
    expect(binding.getNumOfTensors()).toBe(0)
  })

  it("copies values out, and gives back what it read them from", async () => {
    const numbers = Float32Array.of(1, 2, 3, 4, 5, 6)
    const { binding, matrix, calls, fail } = made(1, {
      TF_TensorByteSize: () => 24,
      view: (address, bytes) => (address === 6n && bytes === 24 ? numbers.buffer : new ArrayBuffer(bytes)),
    })
    const id = matrix()
    numbers.set([1, 2, 3, 4, 5, 6])
    const read = binding.tensorDataSync(id)
    expect([...read]).toEqual([1, 2, 3, 4, 5, 6])
    numbers[0] = 9
    expect(read[0]).toBe(1)
    expect(calls.at(-2)![0]).toBe("TF_DeleteTensor")
    fail("TFE_TensorHandleResolve", 13, "no")
    expect((await refusal(() => binding.tensorDataSync(id))).problems[0]!.found).toBe(
      "no; inputs float32 [2, 3]",
    )
    expect((await refusal(() => binding.resolve(id))).problems[0]!.found).toBe("no; inputs float32 [2, 3]")
  })

  it("reads no memory of a tensor without values", () => {
    const { binding, matrix } = made(1, {
      TF_TensorByteSize: () => 0,
    })
    expect(binding.tensorDataSync(matrix())).toEqual(new Float32Array(0))
  })

  it("names a type that tfjs lacks by its number", async () => {
    const { binding, matrix, fail } = made(1, { TFE_TensorHandleDataType: () => 19 })
    const id = matrix()
    fail("TFE_Execute", 12, "no half")
    expect((await refusal(() => binding.executeOp("Neg", [type], [id], 1))).problems[0]!.found).toBe(
      "no half; inputs type 19 [2, 3]",
    )
  })

  it.each(["TFE_TensorHandleNumDims", "TFE_TensorHandleDim"] as const)(
    "says when %s fails on a result",
    async (name) => {
      const { binding, matrix, fail } = made()
      const id = matrix()
      fail(name, 13, "no")
      expect((await refusal(() => binding.executeOp("Neg", [type], [id], 1))).message).toContain(name)
    },
  )
})

describe.each(["executeOp", "executeOpAside"] as const)("%s", (how) => {
  it("gives the outputs that came, with type and shape, and deletes the operation", async () => {
    const { binding, matrix, calls, count } = made(2)
    const id = matrix()
    const outputs = await binding[how]("Split", [type], [id, id], 5)
    expect(outputs).toEqual([
      { id: 2, dtype: 1, shape: [2, 3] },
      { id: 3, dtype: 1, shape: [2, 3] },
    ])
    expect(binding.getNumOfTensors()).toBe(3)
    expect(count("TFE_OpAddInput")).toBe(2)
    expect(calls).toContainEqual(expect.arrayContaining(["TFE_OpSetAttrType", "T", 1]))
    expect(count("TFE_DeleteOp")).toBe(1)
    // The first is the binding's own.
    expect(count("TF_NewStatus") - count("TF_DeleteStatus")).toBe(1)
  })

  it.each([
    ["TFE_NewOp", 0],
    ["TFE_OpAddInput", 1],
    ["TFE_OpSetAttrShape", 1],
    [how === "executeOp" ? "TFE_Execute" : "executeAside", 1],
  ] as const)("gives everything back when %s fails", async (name, deleted) => {
    const { binding, matrix, fail, count } = made()
    const id = matrix()
    fail(name, 3, "no")
    const shape = { name: "shape", type: attributeKind.SHAPE, value: [2, 3] }
    const { kind, message } = await refusal(async () => binding[how]("Neg", [type, shape], [id], 1))
    expect(kind).toBe("bug")
    expect(message).toBe("TensorFlow's Neg failed with INVALID_ARGUMENT")
    expect(count("TFE_DeleteOp")).toBe(deleted)
    expect(count("TF_NewStatus") - count("TF_DeleteStatus")).toBe(1)
    expect(binding.getNumOfTensors()).toBe(1)
  })

  it.each(["TFE_NewOp", "TFE_OpAddInput"] as const)("names the inputs when %s fails", async (name) => {
    const { binding, matrix, fail } = made()
    const ids = [matrix(), matrix()]
    fail(name, 3, "no")
    const { problems } = await refusal(async () => binding[how]("Add", [type], ids, 1))
    expect(problems[0]!.found).toBe("no; inputs float32 [2, 3], float32 [2, 3]")
  })

  it("gives the operation back when an attribute or an input is none", async () => {
    const { binding, matrix, count } = made()
    const id = matrix()
    await expect(async () => binding[how]("Neg", [unknown], [id], 1)).rejects.toThrow("not supported: 99")
    await expect(async () => binding[how]("Neg", [type], [id, 9], 1)).rejects.toThrow(
      "tensor 9 does not exist",
    )
    expect(count("TFE_NewOp")).toBe(2)
    expect(count("TFE_DeleteOp")).toBe(2)
  })
})

describe("executeOpAside", () => {
  it("does not look at the status of this thread, which is used meanwhile", async () => {
    const { binding, matrix, calls } = made()
    const id = matrix()
    await binding.executeOpAside("Neg", [type], [id], 1)
    const statusOf = (name: string) => calls.find(([called]) => called === name)!.at(-1)
    expect(statusOf("executeAside")).not.toBe(statusOf("TFE_NewOp"))
  })
})

describe("addFunction", () => {
  it("hands a function to the context and deletes it, also when it is refused", async () => {
    const { binding, fail, calls, count } = made()
    binding.addFunction(77n)
    expect(calls).toContainEqual(expect.arrayContaining(["TFE_ContextAddFunction", 77n]))
    expect(calls).toContainEqual(["TF_DeleteFunction", 77n])
    fail("TFE_ContextAddFunction", 6, "there is one")
    expect((await refusal(() => binding.addFunction(78n))).message).toBe(
      "TensorFlow's TFE_ContextAddFunction failed with ALREADY_EXISTS",
    )
    expect(count("TF_DeleteFunction")).toBe(2)
  })
})

describe("what kernels ask of the binding", () => {
  it("has TensorFlow's numbers, and no saved models", () => {
    const { binding } = made()
    expect(binding).toMatchObject({
      ...{ TF_FLOAT: 1, TF_INT32: 3, TF_UINT8: 4, TF_STRING: 7, TF_COMPLEX64: 8, TF_INT64: 9, TF_BOOL: 10 },
      ...{ TF_RESOURCE: 20, TF_ATTR_STRING: 0, TF_ATTR_INT: 1, TF_ATTR_FLOAT: 2, TF_ATTR_BOOL: 3 },
      ...{ TF_ATTR_TYPE: 4, TF_ATTR_SHAPE: 5, TF_ATTR_RESOURCE: 7 },
    })
    expect(binding.isUsingGpuDevice()).toBe(false)
    expect(binding.getNumOfSavedModels()).toBe(0)
    for (const name of ["loadSavedModel", "deleteSavedModel", "runSavedModel"] as const)
      expect(binding[name]).toThrow("saved models are not supported")
  })
})
