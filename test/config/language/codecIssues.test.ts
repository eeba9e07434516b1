import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { codecOf } from "../../../src/config/language/codec.ts"
import type { Description } from "../../../src/config/language/description.ts"
import { issueOf, pathOf } from "../../../src/config/language/issue.ts"

const doc = "Something."
const number: Description = { tag: "number", doc }
const list: Description = { tag: "list", doc, item: number, minItems: 1, maxItems: 2 }
const map: Description = { tag: "map", doc, value: number, minEntries: 1 }
const record: Description = { tag: "record", doc, fields: { start: number, stars: number } }
const preset: Description = { ...record, presets: { low: { start: 0 }, high: { start: 9, stars: 9 } } }
const ruled: Description = {
  tag: "record",
  doc,
  fields: { inner: record },
  check: ({ inner: { start } }: { readonly inner: { readonly start: number } }) =>
    start === 0
      ? null
      : {
          path: start === 1 ? "" : "inner.start",
          ...{ message: "not zero", expected: "0", found: String(start), fix: "write 0" },
        },
}
const sum: Description = {
  tag: "sum",
  doc,
  what: "loss",
  members: {
    dice: { tag: "record", doc, fields: {} },
    focal: { tag: "record", doc, fields: { gamma: number } },
  },
  elsewhere: { adam: "write it at train.optimizer" },
}
const word: Description = { tag: "text", doc, pattern: { regex: "^[a-z]+$", words: "a word" } }
const either: Description = { tag: "anyOf", doc, options: [{ ...number, maximum: 1 }, list, word] }
const lazy: Description = { tag: "lazy", doc, name: "loss", get: () => sum }

const refused: readonly (readonly [string, Description, unknown])[] = [
  ["a number of the wrong type", number, "1"],
  ["a list of the wrong type", list, 1],
  ["too few items", list, []],
  ["too many items", list, [1, 2, 3]],
  ["wrong items", list, [true, "2"]],
  ["a map of the wrong type", map, [1]],
  ["too few entries", map, {}],
  ["a reserved key beside a wrong value", map, { constructor: 1, a: "x", b: 1 }],
  ["a record of the wrong type", record, null],
  ["missing fields", record, {}],
  ["an unknown key that resembles a free one", record, { start: 1, starx: 2 }],
  ["an unknown key that resembles one that is given", record, { start: 1, stars: 1, strat: 2 }],
  ["an unknown key that resembles none", record, { start: 1, stars: 1, other: 2 }],
  ["a preset where there are none", record, { start: 1, stars: 1, preset: "low" }],
  ["a field that the preset does not fill", preset, { preset: "low" }],
  ["a preset that is unknown", preset, { preset: "hihg" }],
  ["a preset of the wrong type, and a wrong field", preset, { preset: 1, start: "x" }],
  ["a rule over a field", ruled, { inner: { start: 2, stars: 0 } }],
  ["a rule over the whole", ruled, { inner: { start: 1, stars: 0 } }],
  ["a rule of which the fields are wrong already", ruled, { inner: { start: "1", stars: 0 } }],
  ["a sum of the wrong type", sum, "dice"],
  ["no kind", sum, {}],
  ["a kind that is no word", sum, { kind: ["dice"] }],
  ["a kind that is unknown", sum, { kind: "focl" }],
  ["a kind that stands elsewhere", sum, { kind: "adam" }],
  ["a field of a kind", sum, { kind: "focal", gamma: "x", gama: 1 }],
  ["what contains itself, of the wrong type", lazy, "focl"],
  ["none of several shapes", either, true],
  ["the wrong size in one of several shapes", either, 2],
  ["the wrong length in one of several shapes", either, []],
  ["a fault within one of several shapes", either, [1, "x"]],
  ["a malformed text in one of several shapes", either, "1_000"],
]

describe("codecOf refuses", () => {
  it("each of these with a message, what was expected and found, a suggestion and a fix, and where to point", async () => {
    const told = refused.map(([what, description, value]) => {
      const result = codecOf(description).decode(value)
      const errors = E.isLeft(result) ? result.left : []
      const issues = errors.map((error) => {
        const fields = Object.entries(issueOf(error)).filter(([, said]) => said !== undefined)
        return [
          `at ${JSON.stringify(pathOf(error))}`,
          ...fields.map(([field, said]) => `  ${field}: ${said}`),
        ]
      })
      return [`# ${what}: ${JSON.stringify(value)}`, ...issues.flat()].join("\n")
    })
    await expect(`${told.join("\n\n")}\n`).toMatchFileSnapshot("../../fixtures/refusals/language.txt")
  })
})
