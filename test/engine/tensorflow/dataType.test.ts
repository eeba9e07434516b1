import { describe, expect, it } from "vitest"
import {
  attributeKind,
  dataType,
  tensorBytes,
  textBytes,
  typedArray,
} from "../../../src/engine/tensorflow/dataType.ts"

describe("dataType and attributeKind", () => {
  it("are the numbers of TensorFlow's headers", () => {
    // tensorflow/c/tf_datatype.h
    expect(dataType).toEqual({
      ...{ float32: 1, int32: 3, uint8: 4, string: 7, complex64: 8, int64: 9, bool: 10, resource: 20 },
    })
    // tensorflow/c/c_api.h; 6 is TF_ATTR_TENSOR
    expect(attributeKind).toEqual({ STRING: 0, INT: 1, FLOAT: 2, BOOL: 3, TYPE: 4, SHAPE: 5, RESOURCE: 7 })
  })
})

describe("textBytes", () => {
  it("are a text's in UTF-8, and bytes as they are", () => {
    expect([...textBytes("NHé")]).toEqual([0x4e, 0x48, 0xc3, 0xa9])
    const bytes = Uint8Array.of(0xf8, 1, 0)
    expect(textBytes(bytes)).toBe(bytes)
  })
})

describe("tensorBytes", () => {
  it.each([
    ["float32", dataType.float32, [1], Float32Array.of(1), [0, 0, 0x80, 0x3f]],
    ["float32 kept as whole numbers", dataType.float32, [1], Int32Array.of(1), [0, 0, 0x80, 0x3f]],
    ["complex64", dataType.complex64, [1], Float32Array.of(1, 0), [0, 0, 0x80, 0x3f, 0, 0, 0, 0]],
    ["int32", dataType.int32, [2], Int32Array.of(1, -1), [1, 0, 0, 0, 255, 255, 255, 255]],
    ["int32 kept as floats", dataType.int32, [1], Float32Array.of(258), [2, 1, 0, 0]],
    ["int64 as two words", dataType.int64, [1], Int32Array.of(5, 0), [5, 0, 0, 0, 0, 0, 0, 0]],
    ["bool", dataType.bool, [3], Uint8Array.of(1, 0, 1), [1, 0, 1]],
    ["bool kept as floats", dataType.bool, [2], Float32Array.of(1, 0), [1, 0]],
    ["uint8", dataType.uint8, [1, 2], Uint8Array.of(7, 255), [7, 255]],
    ["a number without axes", dataType.uint8, [], Uint8Array.of(9), [9]],
    ["nothing", dataType.float32, [2, 0], new Float32Array(0), []],
  ] as const)("are those of TensorFlow's layout: %s", (_, dtype, shape, values, bytes) => {
    expect([...tensorBytes(shape, dtype, values)]).toEqual(bytes)
  })

  it("are the values' own, where they begin inside of a buffer", () => {
    const values = Float32Array.of(3, 1, 2).subarray(1, 2)
    expect([...tensorBytes([1], dataType.float32, values)]).toEqual([0, 0, 0x80, 0x3f])
  })

  it.each([
    [dataType.float32, [2, 3], new Float32Array(5), "[2, 3] takes 24 bytes, got 20"],
    [dataType.float32, [2], new Float32Array(3), "[2] takes 8 bytes, got 12"],
    [dataType.int64, [1], Int32Array.of(1), "[1] takes 8 bytes, got 4"],
    [dataType.bool, [2], Uint8Array.of(1), "[2] takes 2 bytes, got 1"],
    [dataType.complex64, [1], Float32Array.of(1), "[1] takes 8 bytes, got 4"],
  ])("are refused where they do not fill the shape: type %i, %j", (dtype, shape, values, says) => {
    expect(() => tensorBytes(shape, dtype, values)).toThrow(`a tensor of shape ${says}`)
  })

  it("are refused for types that tfjs makes no tensors of", () => {
    expect(() => tensorBytes([1], dataType.string, Uint8Array.of(1))).toThrow(
      "tensors of TensorFlow's type 7 cannot be made",
    )
  })
})

describe("typedArray", () => {
  const eight = () => Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40).buffer

  it.each([
    ["float32", dataType.float32, Float32Array.of(1, 2)],
    ["complex64", dataType.complex64, Float32Array.of(1, 2)],
    ["int32", dataType.int32, Int32Array.of(0x3f800000, 0x40000000)],
    ["bool", dataType.bool, Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40)],
    ["uint8", dataType.uint8, Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40)],
  ])("is the array that tfjs expects: %s", (_, dtype, expected) => {
    expect(typedArray(dtype, eight())).toEqual(expected)
  })

  it("is int32 for int64, which tfjs lacks", () => {
    expect(typedArray(dataType.int64, BigInt64Array.of(-3n, 70_000n).buffer)).toEqual(
      Int32Array.of(-3, 70_000),
    )
  })

  it("is refused for types that tfjs does not read", () => {
    expect(() => typedArray(dataType.resource, eight())).toThrow(
      "tensors of TensorFlow's type 20 cannot be read",
    )
  })
})
