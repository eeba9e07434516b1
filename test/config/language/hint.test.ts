import { describe, expect, it } from "vitest"
import type { Description } from "../../../src/config/language/description.ts"
import { hintFor } from "../../../src/config/language/hint.ts"

const doc = "Something."
const number: Description = { tag: "number", doc }
const boolean: Description = { tag: "boolean", doc }
const text: Description = { tag: "text", doc }
const choice: Description = { tag: "enum", doc, values: ["last", "3", "true"] }
const list: Description = { tag: "list", doc, item: number }
const record: Description = { tag: "record", doc, fields: {} }
const map: Description = { tag: "map", doc, value: number }
const sum: Description = {
  tag: "sum",
  doc,
  what: "loss",
  members: { dice: { tag: "record", doc, fields: {} }, focal: { tag: "record", doc, fields: {} } },
}
const lazy: Description = { tag: "lazy", doc, name: "loss", get: () => sum }
const finite = "write a finite number"
const oldNumber = (value: number) => `write ${value}: YAML 1.2 has no underscores or leading zeros in numbers`
const oldBoolean = (value: boolean) => `write ${value} (no quotes): YAML 1.2 has only true and false`

describe("hintFor", () => {
  it.each<[Description, unknown, string | undefined]>([
    [{ ...number, default: 1 }, null, "write a value, or remove the key to get its default"],
    [number, null, undefined],
    // numbers
    [number, "12", "write it without quotes: 12"],
    [number, "-1.5e-3", "write it without quotes: -1.5e-3"],
    [number, "+.5", "write it without quotes: +.5"],
    [{ tag: "integer", doc }, "12", "write it without quotes: 12"],
    [number, "1_000", oldNumber(1000)],
    [number, "012", oldNumber(12)],
    [number, "-012", oldNumber(-12)],
    [number, "0", "write it without quotes: 0"],
    [number, "0.5", "write it without quotes: 0.5"],
    [number, "0,5", "write a decimal point, and no commas"],
    [number, "-1,000,000", "write a decimal point, and no commas"],
    [number, "1,", undefined],
    [number, "ten", undefined],
    [number, "1.2.3", undefined],
    [number, "1e999", undefined],
    [number, "x1", undefined],
    [number, "1x", undefined],
    [number, "nan", finite],
    [number, ".NaN", finite],
    [number, "-Infinity", finite],
    [number, "+inf", finite],
    [number, "infinite", undefined],
    [number, NaN, finite],
    [number, Infinity, "write a finite number; the largest is about 1.8e308"],
    [number, -Infinity, "write a finite number; the largest is about 1.8e308"],
    [number, 3, undefined],
    [number, true, undefined],
    // true and false
    ...["y", "YES", "on", "True"].map((word): [Description, unknown, string] => [
      boolean,
      word,
      oldBoolean(true),
    ]),
    ...["n", "No", "OFF", "false"].map((word): [Description, unknown, string] => [
      boolean,
      word,
      oldBoolean(false),
    ]),
    [boolean, "yesterday", undefined],
    [boolean, "not", undefined],
    [boolean, 1, undefined],
    // texts
    [text, 3, 'write it in quotes: "3"'],
    [text, true, 'write it in quotes: "true"'],
    [text, [1], undefined],
    [text, null, undefined],
    [choice, 3, 'write it in quotes: "3"'],
    [choice, true, 'write it in quotes: "true"'],
    [choice, 4, undefined],
    [choice, false, undefined],
    [choice, "first", undefined],
    // what has parts
    [list, null, "write [] for an empty list"],
    [list, 3, "write it as a list, each item after `- `"],
    [list, [1], undefined],
    [record, null, "write {} for an empty map"],
    [record, 3, undefined],
    [map, null, "write {} for an empty map"],
    [map, [1], undefined],
    [sum, "dice", "write { kind: dice }"],
    [sum, "focl", "write { kind: focal }"],
    [sum, "something", undefined],
    [sum, 3, undefined],
    [lazy, "focl", "write { kind: focal }"],
    // one of several: the first that has something to say
    [{ tag: "anyOf", doc, options: [number, text] }, "1_0", oldNumber(10)],
    [{ tag: "anyOf", doc, options: [boolean, text] }, 3, 'write it in quotes: "3"'],
    [{ tag: "anyOf", doc, options: [number, list] }, true, "write it as a list, each item after `- `"],
    [{ tag: "anyOf", doc, options: [number, list] }, Infinity, `${finite}; the largest is about 1.8e308`],
    // A number may stand there, so a list is not what was meant.
    [{ tag: "anyOf", doc, options: [number, list] }, -3, undefined],
  ])("of %j for %j is %j", (description, value, hint) => {
    expect(hintFor(description, value)).toBe(hint)
  })
})
