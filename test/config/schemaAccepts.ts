import { isDeepStrictEqual } from "node:util"
import type { Json } from "../../src/config/json.ts"

import { isMap } from "../../src/config/language/yamlType.ts"

type Schema = { readonly [keyword: string]: Json }

/** Whether a JSON Schema (draft 7) accepts a value. Knows the keywords that we write, and throws at any other. */
export const schemaAccepts = (root: Json, value: unknown): boolean => {
  const accepts = (schema: Json, value: unknown): boolean =>
    Object.entries(schema as Schema).every(([keyword, rule]) => obeys(value, keyword, rule, schema as Schema))

  const obeys = (value: unknown, keyword: string, rule: Json, schema: Schema): boolean => {
    const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined
    const map = isMap(value) ? value : undefined
    const number = typeof value === "number" ? value : undefined
    const limit = rule as number
    switch (keyword) {
      case "$schema":
      case "$id":
      case "title":
      case "description":
      case "default":
      case "definitions":
      case "patternErrorMessage":
        return true
      case "$ref":
        return accepts(
          ((root as Schema).definitions as Schema)[String(rule).replace("#/definitions/", "")]!,
          value,
        )
      case "type":
        return typesOf(value).includes(String(rule))
      case "const":
        return isDeepStrictEqual(value, rule)
      case "enum":
        return (rule as readonly Json[]).some((each) => isDeepStrictEqual(value, each))
      case "not":
        return !accepts(rule, value)
      case "anyOf":
        return (rule as readonly Json[]).some((each) => accepts(each, value))
      case "minimum":
        return number === undefined || number >= limit
      case "exclusiveMinimum":
        return number === undefined || number > limit
      case "maximum":
        return number === undefined || number <= limit
      case "exclusiveMaximum":
        return number === undefined || number < limit
      case "pattern":
        return typeof value !== "string" || new RegExp(String(rule), "u").test(value)
      case "items":
        return list === undefined || list.every((each) => accepts(rule, each))
      case "minItems":
        return list === undefined || list.length >= limit
      case "maxItems":
        return list === undefined || list.length <= limit
      case "minProperties":
        return map === undefined || Object.keys(map).length >= limit
      case "propertyNames":
        return map === undefined || Object.keys(map).every((key) => accepts(rule, key))
      case "required":
        return map === undefined || (rule as readonly string[]).every((key) => Object.hasOwn(map, key))
      case "properties":
        return (
          map === undefined ||
          Object.entries(rule as Schema).every(
            ([key, each]) => !Object.hasOwn(map, key) || accepts(each, map[key]),
          )
        )
      case "additionalProperties": {
        const named = Object.keys((schema.properties as Schema | undefined) ?? {})
        const others = Object.entries(map ?? {}).filter(([key]) => !named.includes(key))
        return others.every(([, each]) => (typeof rule === "boolean" ? rule : accepts(rule, each)))
      }
      default:
        throw new Error(`unknown keyword ${keyword}`)
    }
  }

  return accepts(root, value)
}

const typesOf = (value: unknown): readonly string[] => {
  if (value === null) return ["null"]
  if (Array.isArray(value)) return ["array"]
  if (typeof value === "number") return Number.isInteger(value) ? ["number", "integer"] : ["number"]
  return [typeof value]
}
