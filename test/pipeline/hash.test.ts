import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { Json } from "../../src/config/json.ts"

import { canonicalJson, hashOf } from "../../src/pipeline/hash.ts"

describe("canonicalJson", () => {
  it("does not depend on the order of keys", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    )
  })

  test.prop([fc.jsonValue()])("says the same value as JSON does", (value) => {
    expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)))
  })
})

describe("hashOf", () => {
  it("is sha256", () => {
    // printf '"abc"' | sha256sum
    expect(hashOf("abc")).toBe("6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25")
  })

  it("is that of bytes as they are, and of values in canonical form", () => {
    // printf abc | sha256sum
    expect(hashOf(new TextEncoder().encode("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )
    expect(hashOf({ a: 1, b: [2, { d: 3, c: 4 }] })).toBe(hashOf({ b: [2, { c: 4, d: 3 }], a: 1 }))
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: "1" }))
  })
})
