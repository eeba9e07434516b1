import { describe, expect, it } from "vitest"
import { type Catalog, entry } from "../../../src/config/catalog/entry.ts"
import { exampleOf } from "../../../src/config/catalog/lossExamples.ts"
import { lossCatalog, lossDescription } from "../../../src/config/catalog/losses.ts"
import { variantsOf } from "../../../src/config/catalog/variants.ts"
import { codecOf } from "../../../src/config/language/codec.ts"
import type { RecordDescription } from "../../../src/config/language/description.ts"

const doc = "Something."
const catalogOf = (
  options: Pick<RecordDescription, "fields"> & Partial<RecordDescription>,
): Catalog<unknown> => ({
  a: entry<object, unknown>({ doc, sources: [], build: () => null, ...options } as never),
})

const catalog = catalogOf({
  fields: {
    size: { tag: "number", doc, default: 1 },
    on: { tag: "boolean", doc, default: true },
    form: { tag: "enum", doc, values: ["x", "y", "z"], default: "y" },
    alpha: {
      tag: "anyOf",
      doc,
      options: [
        { tag: "number", doc },
        { tag: "enum", doc, values: ["off"] },
      ],
      default: 0.5,
    },
  },
  presets: { strong: { size: 9 }, same: { size: 1, form: "x" } },
})

const base = { kind: "a", size: 1, on: true, form: "y", alpha: 0.5 }

describe("variantsOf", () => {
  it("are the part as it comes, with each preset, and with each word in place of a default", () => {
    expect(variantsOf(catalog, { kind: "a" })).toEqual([
      { name: "a", spec: base },
      { name: "a, preset strong", spec: { ...base, preset: "strong", size: 9 } },
      { name: "a, preset same", spec: { ...base, preset: "same", form: "x" } },
      { name: "a, on false", spec: { ...base, on: false } },
      { name: "a, form x", spec: { ...base, form: "x" } },
      { name: "a, form z", spec: { ...base, form: "z" } },
      { name: "a, alpha off", spec: { ...base, alpha: "off" } },
    ])
  })

  it("leave alone what is given", () => {
    const names = variantsOf(catalog, { kind: "a", form: "z", on: false }).map(({ name }) => name)
    expect(names).toEqual(["a", "a, preset strong", "a, preset same", "a, alpha off"])
  })

  it("leave out what a rule refuses, and what is there already", () => {
    const ruled = catalogOf({
      fields: {
        on: { tag: "boolean", doc, default: true },
        form: { tag: "enum", doc, values: ["x", "y"], default: "x" },
      },
      check: ({ on }: { readonly on: boolean }) =>
        on ? null : { path: "on", message: "off is not allowed" },
    })
    expect(variantsOf(ruled, { kind: "a" }).map(({ name }) => name)).toEqual(["a", "a, form y"])
    const required = catalogOf({ fields: { on: { tag: "boolean", doc } } })
    // Without a default both words are choices, and the part as it comes is none.
    expect(variantsOf(required, { kind: "a" }).map(({ name }) => name)).toEqual(["a, on true", "a, on false"])
    // Two options of one word are two ways to write the same.
    const twice = catalogOf({
      fields: {
        size: {
          tag: "anyOf",
          doc,
          options: [
            { tag: "enum", doc, values: ["big"] },
            { tag: "enum", doc, values: ["big"] },
          ],
          default: "small",
        },
      },
    })
    expect(variantsOf(twice, { kind: "a", size: "big" }).map(({ name }) => name)).toEqual(["a"])
    expect(variantsOf(twice, { kind: "a" })).toEqual([
      { name: "a, size big", spec: { kind: "a", size: "big" } },
    ])
  })
})

describe("the examples of losses", () => {
  it.each(Object.keys(lossCatalog))("write %s as YAML takes it", (kind) => {
    const example = exampleOf(kind)
    expect(example.kind).toBe(kind)
    expect(codecOf(lossDescription).decode(example)._tag).toBe("Right")
    // As little as it asks for: without any of the options it is refused.
    for (const option of Object.keys(example).filter((key) => key !== "kind")) {
      const { [option]: _, ...less } = example
      expect(codecOf(lossDescription).decode(less)._tag, option).toBe("Left")
    }
  })
})
