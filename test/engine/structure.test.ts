import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { structureOf } from "../../src/engine/structure.ts"
import { NotTraceable } from "../../src/engine/tensorflow/notTraceable.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const keyOf = (value: unknown): string => structureOf(value, "").key

describe("structureOf", () => {
  it("takes tensors out in the order of keys and indices, and puts others in their places", () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((value) => tf.scalar(value))
    const value = {
      first: [a, { deep: b, name: "x" }],
      flag: false,
      nothing: null,
      last: [c, d],
      none: undefined,
    }
    const { tensors, around } = structureOf(value, "")
    expect(tensors.map((tensor) => [a, b, c, d].indexOf(tensor as tf.Scalar))).toEqual([0, 1, 2, 3])
    const others = [5, 6, 7, 8].map((other) => tf.scalar(other))
    const rebuilt = around(others) as typeof value
    expect(rebuilt.first[0]).toBe(others[0])
    expect((rebuilt.first[1] as { deep: tf.Tensor }).deep).toBe(others[1])
    expect(rebuilt.last[0]).toBe(others[2])
    expect(rebuilt.last[1]).toBe(others[3])
    expect(Object.keys(rebuilt)).toEqual(["first", "flag", "nothing", "last", "none"])
    expect({ ...rebuilt, first: 0, last: 0 }).toEqual({
      ...{ first: 0, flag: false, nothing: null, last: 0, none: undefined },
    })
    expect(rebuilt.first[1]).toMatchObject({ name: "x" })
    expect(Array.isArray(rebuilt.first)).toBe(true)
  })

  it("takes a tensor for itself", () => {
    const [one, other] = [tf.scalar(1), tf.scalar(2)]
    const { tensors, around } = structureOf(one, "")
    expect(tensors).toEqual([one])
    expect(around([other])).toBe(other)
  })

  it("writes types, shapes, names and options into the key, and no values", () => {
    expect(keyOf({ x: tf.zeros([2, 3]), on: true, of: ["a", null, undefined] })).toBe(
      '{"x":float32[2,3],"on":true,"of":["0":"a","1":null,"2":undefined]}',
    )
    expect(keyOf(tf.scalar(1))).toBe("float32[]")
    expect(keyOf([tf.ones([2]), 1 > 2])).toBe(keyOf([tf.zeros([2]), false]))
  })

  it("tells apart what needs a function of its own", () => {
    const x = tf.zeros([2, 3])
    const keys = [
      ...[x, tf.zeros([3, 2]), tf.zeros([6]), tf.zeros([2, 3], "int32"), tf.zeros([2, 3], "bool")],
      ...[[x], [x, x], [[x], x], [x, [x]], { a: x }, { b: x }, { a: x, b: x }, { b: x, a: x }, { 0: x }],
      ...[
        { a: x, o: "x" },
        { a: x, o: "y" },
        { a: x, o: true },
        { a: x, o: "true" },
      ],
      ...[
        { a: x, o: null },
        { a: x, o: "null" },
        { a: x, o: undefined },
        { a: x, o: [] },
      ],
    ].map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it("does not count records without anything in them, which checkpoints do not keep", () => {
    const x = tf.scalar(1)
    expect(keyOf({ a: x, empty: {}, b: { c: {} } })).toBe(keyOf({ a: x }))
    expect(keyOf([x, {}])).toBe(keyOf([x]))
    expect(structureOf({ a: x, empty: {} }, "").around([x])).toEqual({ a: x, empty: {} })
  })

  it.each([
    ["a number", { at: { rate: 0.5 } }, "the argument at.rate is a number of the host"],
    ["NaN", [[Number.NaN]], "the argument 0.0 is a number of the host"],
    ["a bigint", { n: 3n }, "the argument n is a number of the host"],
  ])("refuses %s by its path", (_, value, message) => {
    expect(() => structureOf(value, "")).toThrow(NotTraceable)
    expect(() => structureOf(value, "")).toThrow(message)
  })

  it("begins the path with what the value is called", () => {
    expect(() => structureOf({ a: [1] }, "the result")).toThrow("the argument the result.a.0 is a number")
  })

  it.each([
    ["a function", { f: () => 0 }, "r.f is function"],
    ["a symbol", [Symbol("s")], "r.0 is symbol"],
    ["an instance of a class", { m: new Map() }, "r.m is object"],
    ["a typed array", { t: Float32Array.of(1) }, "r.t is object"],
    ["a record without a prototype", Object.create(null), "r is object"],
  ])("throws on %s", (_, value, message) => {
    expect(() => structureOf(value, "r")).toThrow(
      new TypeError(`${message}: neither a tensor nor a record, a list or an option`),
    )
  })
})
