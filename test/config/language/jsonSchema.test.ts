import { describe, expect, it } from "vitest"
import type { Description } from "../../../src/config/language/description.ts"
import { jsonSchemaOf } from "../../../src/config/language/jsonSchema.ts"
import { example } from "../examples.ts"
import { schemaAccepts } from "../schemaAccepts.ts"

const doc = "Something."
const schemaOf = (description: Description) => jsonSchemaOf(description, { id: "id", title: "Title" })
const head = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "id",
  title: "Title",
  description: doc,
}

describe("jsonSchemaOf", () => {
  it.each<[Description, object]>([
    [
      { tag: "number", doc, exclusiveMinimum: 0, maximum: 1, default: 0.5 },
      { default: 0.5, type: "number", exclusiveMinimum: 0, maximum: 1 },
    ],
    [
      { tag: "integer", doc, minimum: 1 },
      { type: "integer", minimum: 1 },
    ],
    [
      { tag: "boolean", doc, default: false },
      { default: false, type: "boolean" },
    ],
    [
      { tag: "text", doc, pattern: { regex: "^a+$", words: "a word of a" } },
      { type: "string", pattern: "^a+$", patternErrorMessage: "Expected a word of a" },
    ],
    [
      { tag: "enum", doc, values: ["x", "y"] },
      { type: "string", enum: ["x", "y"] },
    ],
    [
      { tag: "list", doc, item: { tag: "boolean", doc }, minItems: 1, maxItems: 2 },
      { type: "array", items: { description: doc, type: "boolean" }, minItems: 1, maxItems: 2 },
    ],
    [
      { tag: "anyOf", doc, options: [{ tag: "boolean", doc }], default: null },
      { default: null, anyOf: [{ description: doc, type: "boolean" }, { type: "null" }] },
    ],
    [
      {
        tag: "record",
        doc,
        fields: {
          a: { tag: "boolean", doc },
          b: { tag: "boolean", doc },
          c: { tag: "boolean", doc, default: true },
        },
        presets: { p: { b: true } },
      },
      {
        type: "object",
        properties: {
          preset: { description: "A named set of defaults.", type: "string", enum: ["p"] },
          a: { description: doc, type: "boolean" },
          b: { description: doc, type: "boolean" },
          c: { description: doc, default: true, type: "boolean" },
        },
        required: ["a"], // b may come from the preset
        additionalProperties: false,
      },
    ],
    [
      {
        tag: "sum",
        doc,
        what: "part",
        members: { k: { tag: "record", doc: "K.", fields: { a: { tag: "boolean", doc } } } },
      },
      {
        anyOf: [
          {
            title: "k",
            description: "K.",
            type: "object",
            properties: { kind: { const: "k", description: "K." }, a: { description: doc, type: "boolean" } },
            required: ["kind", "a"],
            additionalProperties: false,
          },
        ],
      },
    ],
  ])("is the schema of %j", (description, schema) => {
    // As text, since the order of keys is part of what is promised.
    expect(JSON.stringify(schemaOf(description))).toBe(JSON.stringify({ ...head, ...schema }))
  })

  it("defines once what contains itself, and refers to it", () => {
    const schema = schemaOf(example) as { readonly properties: object; readonly definitions: object }
    expect(schema.properties).toHaveProperty("loss", { $ref: "#/definitions/loss" })
    expect(Object.keys(schema.definitions)).toEqual(["loss"])
    expect(schema.definitions).toHaveProperty("loss.anyOf.2.properties.terms.items", {
      $ref: "#/definitions/loss",
    })
  })

  it("refuses what a misspelt experiment says", () => {
    const good = { name: "a", loss: { kind: "focal", alpha: 1 } }
    const schema = schemaOf(example)
    expect(schemaAccepts(schema, good)).toBe(true)
    expect(schemaAccepts(schema, { ...good, epoch: 1 })).toBe(false)
    expect(schemaAccepts(schema, { ...good, loss: { kind: "focl" } })).toBe(false)
    expect(schemaAccepts(schema, { ...good, loss: { kind: "focal", preset: "stron" } })).toBe(false)
    expect(schemaAccepts(schema, { ...good, weights: {} })).toBe(false)
    expect(schemaAccepts(schema, { ...good, weights: { constructor: 1 } })).toBe(false)
    expect(schemaAccepts(schema, { name: "a" })).toBe(false)
  })

  it("requires only kinds of a file that may extend another", () => {
    const schema = jsonSchemaOf(example, { id: "id", title: "Title", partial: true })
    expect(schemaAccepts(schema, { loss: { kind: "focal" } })).toBe(true)
    expect(schemaAccepts(schema, { loss: {} })).toBe(false)
    expect(schemaAccepts(schema, { los: { kind: "focal" } })).toBe(false)
  })
})
