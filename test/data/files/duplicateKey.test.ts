import { describe, expect, it } from "vitest"
import { duplicateKey } from "../../../src/data/files/duplicateKey.ts"

describe("duplicateKey", () => {
  it.each([
    ["a key of one object", '{"a": 1, "b": 2, "a": 3}', "a"],
    ["the first of several", '{"b": 1, "b": 2, "a": 3, "a": 4}', "b"],
    ["a key of an inner object", '{"x": [{"a": {}, "a": {}}]}', "a"],
    ["a key behind an inner object that has it too", '{"a": {"a": 1}, "a": 2}', "a"],
    ["a key that is spelt differently", '{"a": 1, "\\u0061": 2}', "a"],
    ["a key with quotes and braces", '{"\\"{": 1, "\\"{": 2}', '"{'],
  ])("finds %s", (_, json, key) => {
    JSON.parse(json)
    expect(duplicateKey(json)).toBe(key)
  })

  it.each([
    ["no object", "[1, 2]"],
    ["one key in several objects", '{"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}'],
    ["values like keys", '{"a": "a", "b": "a", "c": ["a", "b", "a", "a"]}'],
    ["values that look like JSON", '{"a": "{", "b": ":", "c": "\\"b\\":", "d": "}"}'],
    ["keys that differ by their capitals", '{"a": 1, "A": 2}'],
  ])("finds none in %s", (_, json) => {
    JSON.parse(json)
    expect(duplicateKey(json)).toBeNull()
  })
})
