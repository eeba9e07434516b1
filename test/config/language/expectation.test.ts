import { expect, it } from "vitest"
import type { Description } from "../../../src/config/language/description.ts"
import { expectationOf } from "../../../src/config/language/expectation.ts"

const doc = "Something."
const number = { tag: "number", doc } as const
const list = { tag: "list", doc, item: { tag: "boolean", doc } } as const

it.each<[Description, string]>([
  [number, "a number"],
  [{ ...number, minimum: 0, maximum: 1 }, "a number from 0 to 1"],
  [{ ...number, exclusiveMinimum: 0 }, "a number greater than 0"],
  [{ ...number, exclusiveMinimum: 0, maximum: 1 }, "a number greater than 0 and at most 1"],
  [{ ...number, minimum: 0, exclusiveMaximum: 1 }, "a number of at least 0 and less than 1"],
  [{ ...number, maximum: 1 }, "a number of at most 1"],
  [{ tag: "integer", doc, minimum: 1, maximum: 1000 }, "an integer from 1 to 1000"],
  [{ tag: "integer", doc, minimum: 1 }, "an integer of at least 1"],
  [{ tag: "boolean", doc }, "true or false"],
  [{ tag: "text", doc }, "a text"],
  [{ tag: "text", doc, path: "folder" }, "the path of a folder"],
  [{ tag: "text", doc, pattern: { regex: "^a$", words: "the letter a" } }, "the letter a"],
  [{ tag: "enum", doc, values: ["flip", "rotation"] }, "one of `flip`, `rotation`"],
  [{ tag: "enum", doc, values: ["clean"] }, "`clean`"],
  [list, "a list, each true or false"],
  [{ ...list, minItems: 1 }, "a list of at least 1 item, each true or false"],
  [{ ...list, maxItems: 8 }, "a list of at most 8 items, each true or false"],
  [{ ...list, minItems: 2, maxItems: 2 }, "a list of 2 items, each true or false"],
  [{ ...list, minItems: 1, maxItems: 2 }, "a list of 1 to 2 items, each true or false"],
  [{ tag: "map", doc, value: number }, "a map, each a number"],
  [{ tag: "record", doc, fields: { a: number, b: number } }, "a map with the keys `a`, `b`"],
  [{ tag: "lazy", doc, name: "loss", get: () => number }, "a loss"],
  [
    { tag: "sum", doc, what: "optimizer", members: { adam: { tag: "record", doc, fields: {} } } },
    "an optimizer: a map whose `kind` is `adam`",
  ],
  [
    { tag: "anyOf", doc, options: [number, list], default: null },
    "a number, or a list, each true or false, or null",
  ],
])("%j is expected as %s", (description, words) => {
  expect(expectationOf(description)).toBe(words)
})
