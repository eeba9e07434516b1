import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { codecOf } from "../../../src/config/language/codec.ts"
import type { Description } from "../../../src/config/language/description.ts"
import { issueOf, pathOf } from "../../../src/config/language/issue.ts"
import { example } from "../examples.ts"

const doc = "Something."

/** The loss of an experiment, decoded. */
const loss = (written: object) =>
  E.map((value) => (value as { readonly loss: unknown }).loss)(
    codecOf(example).decode({ name: "a", loss: written }),
  )

describe("codecOf", () => {
  it("fills a field from what is given, else from the preset, else from its own default", () => {
    expect(loss({ kind: "focal", preset: "strong", gamma: 1 })).toEqual(
      E.right({ kind: "focal", preset: "strong", gamma: 1, alpha: 0.9, kernel: [3, 3] }),
    )
    expect(loss({ kind: "focal", preset: "strong" })).toEqual(
      E.right({ kind: "focal", preset: "strong", gamma: 4, alpha: 0.9, kernel: [3, 3] }),
    )
    expect(loss({ kind: "focal", preset: "weak" })).toEqual(
      E.right({ kind: "focal", preset: "weak", gamma: 2, alpha: 0.5, kernel: [3, 3] }),
    )
  })

  it("puts the kind first, then the preset, then the fields as they are described", () => {
    const decoded = loss({ kernel: [1, 1], alpha: 0, preset: "weak", kind: "focal" })
    expect(E.isRight(decoded) && Object.keys(decoded.right as object)).toEqual([
      "kind",
      "preset",
      "gamma",
      "alpha",
      "kernel",
    ])
  })

  it("decodes defaults as if they had been written", () => {
    const schedule: Description = { tag: "record", doc, fields: { rate: { tag: "number", doc, default: 1 } } }
    const outer: Description = { tag: "record", doc, fields: { schedule: { ...schedule, default: {} } } }
    expect(codecOf(outer).decode({})).toEqual(E.right({ schedule: { rate: 1 } }))
  })

  it("makes a zero of -0, which JSON does not have", () => {
    const decoded = codecOf({ tag: "number", doc }).decode(-0)
    expect(E.isRight(decoded) && Object.is(decoded.right, 0)).toBe(true)
  })

  it("does not run the rule of a record in which something else is wrong", () => {
    const record: Description = {
      tag: "record",
      doc,
      fields: { a: { tag: "number", doc } },
      check: () => {
        throw new Error("not reached")
      },
    }
    expect(E.isLeft(codecOf(record).decode({ a: "x" }))).toBe(true)
    expect(E.isLeft(codecOf(record).decode({ a: 1, b: 1 }))).toBe(true)
  })

  it("takes no inherited property for a field, a kind or a preset", () => {
    const number: Description = { tag: "number", doc }
    const decoded = codecOf({ tag: "record", doc, fields: { valueOf: number } }).decode({})
    expect(E.isLeft(decoded) && decoded.left.map((error) => [pathOf(error), issueOf(error).message])).toEqual(
      [[["valueOf"], "missing"]],
    )
    expect(E.isLeft(loss({ kind: "toString" }))).toBe(true)
    expect(E.isLeft(loss({ kind: "focal", preset: "toString", alpha: 1 }))).toBe(true)
  })

  it("leaves its input alone, and objects as they were", () => {
    const input = JSON.parse(
      '{ "name": "a", "loss": { "kind": "dice" }, "weights": { "__proto__": { "x": 1 } } }',
    ) as object
    const before = JSON.stringify(input)
    expect(E.isLeft(codecOf(example).decode(input))).toBe(true)
    expect(JSON.stringify(input)).toBe(before)
    expect({}).not.toHaveProperty("x")
  })

  it("knows what it would decode to", () => {
    expect(codecOf(example).is({ name: "a", loss: { kind: "dice" } })).toBe(true)
    expect(codecOf(example).is({ name: "a" })).toBe(false)
  })

  it("decodes ten thousand terms, and terms five hundred deep", () => {
    const wide = { kind: "sum", terms: Array.from({ length: 10_000 }, () => ({ kind: "dice", smooth: 1 })) }
    expect(loss(wide)).toEqual(E.right(wide))
    let deep: object = { kind: "dice", smooth: 1 }
    for (let level = 0; level < 500; level++) deep = { kind: "sum", terms: [deep] }
    expect(loss(deep)).toEqual(E.right(deep))
  })
})
