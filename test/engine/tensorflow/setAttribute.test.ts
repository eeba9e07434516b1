import { describe, expect, it } from "vitest"
import { attributeKind } from "../../../src/engine/tensorflow/dataType.ts"
import { type AttributeSetters, setAttribute } from "../../../src/engine/tensorflow/setAttribute.ts"

/** What the setters were called with, when this attribute was set. */
const callsOf = (type: number, value: unknown): readonly unknown[] => {
  const calls: unknown[] = []
  const record =
    (setter: string) =>
    (...args: readonly unknown[]) => {
      calls.push([setter, ...args])
    }
  const setters = Object.fromEntries(
    ["type", "bool", "float", "int", "intList", "string", "shape"].map((name) => [name, record(name)]),
  ) as unknown as AttributeSetters<string>
  setAttribute(setters, "op", "Conv2D", { name: "a", type, value } as never)
  return calls
}

describe("setAttribute", () => {
  it.each([
    ["a type", attributeKind.TYPE, 3, ["type", "op", "a", 3]],
    ["true", attributeKind.BOOL, true, ["bool", "op", "a", 1]],
    ["false", attributeKind.BOOL, false, ["bool", "op", "a", 0]],
    ["a float", attributeKind.FLOAT, 0.5, ["float", "op", "a", 0.5]],
    ["a whole number", attributeKind.INT, -2, ["int", "op", "a", -2]],
    ["a list", attributeKind.INT, [1, 2, 1], ["intList", "op", "a", BigInt64Array.of(1n, 2n, 1n), 3]],
    ["a text", attributeKind.STRING, "NHWC", ["string", "op", "a", Buffer.from("NHWC"), 4]],
    ["bytes", attributeKind.STRING, Uint8Array.of(8, 1), ["string", "op", "a", Uint8Array.of(8, 1), 2]],
    ["a shape", attributeKind.SHAPE, [2, 3], ["shape", "op", "a", BigInt64Array.of(2n, 3n), 2, "Conv2D"]],
    [
      "a shape without axes",
      attributeKind.SHAPE,
      [],
      ["shape", "op", "a", new BigInt64Array(0), 0, "Conv2D"],
    ],
  ])("sets %s by its own function", (_, type, value, call) => {
    expect(callsOf(type, value)).toEqual([call])
  })

  it("counts the bytes of a text, not its letters", () => {
    expect(callsOf(attributeKind.STRING, "é")).toEqual([["string", "op", "a", Buffer.from("é"), 2]])
  })

  it("refuses a kind that it does not know, naming the attribute and the operation", () => {
    expect(() => callsOf(attributeKind.RESOURCE, 1)).toThrow(
      "attribute a of Conv2D has a kind that is not supported: 7",
    )
  })
})
