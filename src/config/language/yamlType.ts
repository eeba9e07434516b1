import type { Description } from "./description.ts"

/** The types that YAML itself tells apart. */
export type YamlType = "nothing" | "boolean" | "number" | "text" | "list" | "map"

export const yamlTypeOf = (value: unknown): YamlType => {
  if (value === null || value === undefined) return "nothing"
  if (Array.isArray(value)) return "list"
  if (typeof value === "boolean" || typeof value === "number") return typeof value as "boolean" | "number"
  return typeof value === "string" ? "text" : "map"
}

/** The types in which a description can be written. */
export const yamlTypesOf = (description: Description): readonly YamlType[] => {
  switch (description.tag) {
    case "integer":
      return ["number"]
    case "enum":
      return ["text"]
    case "record":
    case "sum":
      return ["map"]
    case "lazy":
      return yamlTypesOf(description.get())
    case "anyOf":
      return description.options.flatMap(yamlTypesOf)
    case "number":
    case "boolean":
    case "text":
    case "list":
    case "map":
      return [description.tag]
  }
}

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  yamlTypeOf(value) === "map"
