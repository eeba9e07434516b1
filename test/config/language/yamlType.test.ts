import { expect, it } from "vitest"
import type { Description } from "../../../src/config/language/description.ts"
import { isMap, type YamlType, yamlTypeOf, yamlTypesOf } from "../../../src/config/language/yamlType.ts"

const doc = "Something."

it.each<[unknown, YamlType]>([
  [null, "nothing"],
  [undefined, "nothing"],
  [[], "list"],
  [false, "boolean"],
  [0, "number"],
  [NaN, "number"],
  ["", "text"],
  [{}, "map"],
])("the YAML type of %j is %s", (value, type) => {
  expect(yamlTypeOf(value)).toBe(type)
  expect(isMap(value)).toBe(type === "map")
})

it.each<[Description, readonly YamlType[]]>([
  [{ tag: "number", doc }, ["number"]],
  [{ tag: "integer", doc }, ["number"]],
  [{ tag: "boolean", doc }, ["boolean"]],
  [{ tag: "text", doc }, ["text"]],
  [{ tag: "enum", doc, values: [] }, ["text"]],
  [{ tag: "list", doc, item: { tag: "text", doc } }, ["list"]],
  [{ tag: "map", doc, value: { tag: "text", doc } }, ["map"]],
  [{ tag: "record", doc, fields: {} }, ["map"]],
  [{ tag: "sum", doc, what: "", members: {} }, ["map"]],
  [{ tag: "lazy", doc, name: "", get: () => ({ tag: "integer", doc }) }, ["number"]],
  [
    {
      tag: "anyOf",
      doc,
      options: [
        { tag: "integer", doc },
        { tag: "text", doc },
      ],
    },
    ["number", "text"],
  ],
])("%j is written as %j", (description, types) => {
  expect(yamlTypesOf(description)).toEqual(types)
})
