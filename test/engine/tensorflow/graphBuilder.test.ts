import { beforeAll, describe, expect, it } from "vitest"
import { type Binding, makeBinding } from "../../../src/engine/tensorflow/binding.ts"
import { type CApi, loadCApi } from "../../../src/engine/tensorflow/capi.ts"
import { attributeKind, dataType } from "../../../src/engine/tensorflow/dataType.ts"
import { graphBuilder } from "../../../src/engine/tensorflow/graphBuilder.ts"
import { findLibrary } from "../../../src/engine/tensorflow/library.ts"
import type { NotTraceable } from "../../../src/engine/tensorflow/notTraceable.ts"
import { whyNoTensorflow } from "../../support/tensorflow.ts"
import { fakeApi } from "./fakeApi.ts"

const { float32, int32 } = dataType
const T = { name: "T", type: attributeKind.TYPE, value: float32 }

const refuse = (why: NotTraceable): never => {
  throw why
}

describe("graphBuilder", () => {
  it("gives back its graph and its status, and the bytes of each constant", () => {
    const { api, count } = fakeApi({ TF_TensorData: () => 6n, view: () => new ArrayBuffer(8) })
    const builder = graphBuilder(api, refuse)
    builder.binding.createTensor([2], float32, Float32Array.of(1, 2))
    expect(count("TF_AllocateTensor")).toBe(1)
    expect(count("TF_DeleteTensor")).toBe(1)
    builder.delete()
    expect(count("TF_DeleteGraph")).toBe(1)
    expect(count("TF_DeleteStatus")).toBe(1)
  })

  it.each(["TF_SetAttrTensor", "TF_FinishOperation"] as const)(
    "gives back the bytes of a constant that TensorFlow refuses in %s",
    (name) => {
      const { api, count, fail } = fakeApi({ TF_TensorData: () => 6n, view: () => new ArrayBuffer(8) })
      const { binding } = graphBuilder(api, refuse)
      fail(name, 3, "no")
      expect(() => binding.createTensor([2], float32, Float32Array.of(1, 2))).toThrow(
        "TensorFlow's Const failed with INVALID_ARGUMENT",
      )
      expect(count("TF_DeleteTensor")).toBe(1)
    },
  )

  it("has no values to read", () => {
    const { binding } = graphBuilder(fakeApi().api, refuse)
    expect(() => binding.tensorDataSync(-2)).toThrow("the value of a tensor is read")
    expect(binding.deleteTensor(-2)).toBeUndefined()
  })
})

describe.skipIf(whyNoTensorflow !== null)(`graphBuilder, on TensorFlow ${whyNoTensorflow ?? ""}`, () => {
  let api: CApi
  let engine: Binding

  beforeAll(() => {
    process.env.TF_CPP_MIN_LOG_LEVEL = "2"
    api = loadCApi(findLibrary().library!)
    engine = makeBinding(api, 1)
  })

  const values = (...numbers: readonly number[]) => Float32Array.from(numbers)

  it("tells every node in words by which equal graphs are known", () => {
    const { binding, argument, nodes } = graphBuilder(api, refuse)
    expect(argument([2], float32)).toEqual({ id: -2, dtype: float32, shape: [2] })
    expect(binding.createTensor([], float32, values(0.5))).toBe(-3)
    expect(binding.createTensor([1], int32, Int32Array.of(-7))).toBe(-4)
    expect(binding.createTensor([2], float32, values(1, 2))).toBe(-5)
    expect(binding.executeOp("AddV2", [T], [-2, -5], 1)).toEqual([{ id: -6, dtype: float32, shape: [2] }])
    expect(nodes).toEqual([
      "the number 0.5",
      "the number -7",
      // The first eight bytes of SHA-256 of 00 00 80 3f 00 00 00 40.
      expect.stringMatching(/^an array of shape \[2\] with the digest [0-9a-f]{16}$/),
      "AddV2(-2,-5; T=1)",
    ])
    const wordsOf = (shape: readonly number[], ...numbers: readonly number[]) => {
      const other = graphBuilder(api, refuse)
      other.binding.createTensor([...shape], float32, values(...numbers))
      return other.nodes[0]
    }
    expect(wordsOf([2], 1, 2)).toBe(nodes[2])
    expect(wordsOf([2], 2, 1)).not.toBe(nodes[2])
    expect(wordsOf([2, 1], 1, 2)).not.toBe(nodes[2])
  })

  it("makes a function of the arguments in their order, which gives the outputs asked for", () => {
    const builder = graphBuilder(api, refuse)
    const { binding, argument } = builder
    const [a, b] = [argument([2], float32).id, argument([2], float32).id]
    const ten = binding.createTensor([], float32, values(10))
    const [tens] = binding.executeOp("Mul", [T], [b, ten], 1)
    const [difference] = binding.executeOp("Sub", [T], [a, tens!.id], 1)
    const { inputs, outputs } = builder.endpoints([difference!.id, a])
    expect(inputs).toHaveLength(2)
    expect(outputs[1]).toEqual(inputs[0])
    engine.addFunction(builder.toFunction("difference", [difference!.id, a, b]))
    builder.delete()
    const ids = [
      engine.createTensor([2], float32, values(100, 50)),
      engine.createTensor([2], float32, values(1, 2)),
    ]
    const results = engine.executeOp("difference", [], ids, 3)
    expect(results.map(({ id }) => [...engine.tensorDataSync(id)])).toEqual([
      [90, 30],
      [100, 50],
      [1, 2],
    ])
  })

  it("takes the first N inputs of an operation with an attribute N as a list", () => {
    const { binding, argument } = graphBuilder(api, refuse)
    const ids = [argument([2, 3], float32).id, argument([2, 4], float32).id]
    const axis = binding.createTensor([], int32, Int32Array.of(1))
    const attributes = [
      { name: "N", type: attributeKind.INT, value: 2 },
      T,
      { name: "Tidx", type: attributeKind.TYPE, value: int32 },
    ]
    expect(binding.executeOp("ConcatV2", attributes, [...ids, axis], 1)[0]!.shape).toEqual([2, 7])
  })

  it("gives every output of an operation, of its own type", () => {
    const { binding, argument } = graphBuilder(api, refuse)
    const { id } = argument([4, 5], float32)
    const k = binding.createTensor([], int32, Int32Array.of(2))
    const outputs = binding.executeOp("TopKV2", [T], [id, k], 2)
    expect(outputs.map(({ dtype, shape }) => [dtype, shape])).toEqual([
      [float32, [4, 2]],
      [int32, [4, 2]],
    ])
    expect(outputs[1]!.id).toBe(outputs[0]!.id - 1)
  })

  it("gives batch norm's last output, whose shape TensorFlow keeps to itself, none", () => {
    const { binding, argument } = graphBuilder(api, refuse)
    const x = argument([2, 3, 3, 4], float32).id
    const perChannel = [0, 1, 2, 3].map(() => argument([4], float32).id)
    const attributes = [T, { ...T, name: "U" }]
    const outputs = binding.executeOp("FusedBatchNormV3", attributes, [x, ...perChannel], 6)
    expect(outputs.map(({ shape }) => shape)).toEqual([[2, 3, 3, 4], [4], [4], [4], [4], []])
  })

  it("refuses results whose shape is known only with the values", () => {
    const { binding, argument } = graphBuilder(api, refuse)
    const { id } = argument([4], dataType.bool)
    expect(() => binding.executeOp("Where", [{ ...T, value: dataType.bool }], [id], 1)).toThrow(
      "the shape of a result depends on values",
    )
  })

  it("refuses tensors that are not of the graph, and operations that TensorFlow refuses", () => {
    const { binding, argument } = graphBuilder(api, refuse)
    const ids = [argument([2, 3], float32).id, argument([2, 3], float32).id]
    for (const id of [-1, 5, -4])
      expect(() => binding.executeOp("Neg", [T], [id], 1)).toThrow(`tensor ${id} is not`)
    expect(() => binding.executeOp("MatMul", [T], ids, 1)).toThrow("TensorFlow's MatMul failed with")
    expect(() => binding.executeOp("NoSuch", [], [], 1)).toThrow("TensorFlow's NoSuch failed with")
  })
})
