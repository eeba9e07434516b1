import { nearest } from "../../failure/suggestion.ts"
import type { Description } from "./description.ts"
import { yamlTypeOf, yamlTypesOf } from "./yamlType.ts"

/** How to write what was probably meant by a value that does not fit; undefined when there is no telling. */
export const hintFor = (description: Description, value: unknown): string | undefined => {
  if (value === null && "default" in description) return "write a value, or remove the key to get its default"
  switch (description.tag) {
    case "number":
    case "integer":
      return typeof value === "string" ? numberHint(value) : infinityHint(value)
    case "boolean":
      return typeof value === "string" ? booleanHint(value) : undefined
    case "text":
      return typeof value === "number" || typeof value === "boolean"
        ? `write it in quotes: "${value}"`
        : undefined
    case "enum":
      return (typeof value === "number" || typeof value === "boolean") &&
        description.values.includes(String(value))
        ? `write it in quotes: "${value}"`
        : undefined
    case "list":
      if (value === null) return "write [] for an empty list"
      return Array.isArray(value) ? undefined : "write it as a list, each item after `- `"
    case "record":
    case "map":
      return value === null ? "write {} for an empty map" : undefined
    case "sum":
      return typeof value === "string" ? kindHint(Object.keys(description.members), value) : undefined
    case "lazy":
      return hintFor(description.get(), value)
    case "anyOf":
      return description.options
        .filter((option) => option.tag !== "list" || !yamlTypesOf(description).includes(yamlTypeOf(value)))
        .map((option) => hintFor(option, value))
        .find((hint) => hint !== undefined)
  }
}

const finite = "write a finite number"

const numberHint = (text: string): string | undefined => {
  if (/^[+-]?\.?(nan|inf|infinity)$/i.test(text)) return finite
  if (/^[+-]?\d+(,\d+)+$/.test(text)) return "write a decimal point, and no commas"
  const digits = text.replaceAll("_", "")
  if (!/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(digits) || !Number.isFinite(Number(digits))) return undefined
  return digits === text && !/^[+-]?0\d/.test(text)
    ? `write it without quotes: ${text}`
    : `write ${Number(digits)}: YAML 1.2 has no underscores or leading zeros in numbers`
}

const infinityHint = (value: unknown): string | undefined => {
  if (Number.isNaN(value)) return finite
  return value === Infinity || value === -Infinity ? `${finite}; the largest is about 1.8e308` : undefined
}

const booleanHint = (text: string): string | undefined => {
  const meant = /^(y|yes|on|true)$/i.test(text) ? true : /^(n|no|off|false)$/i.test(text) ? false : undefined
  return meant === undefined ? undefined : `write ${meant} (no quotes): YAML 1.2 has only true and false`
}

const kindHint = (kinds: readonly string[], text: string): string | undefined => {
  const kind = kinds.includes(text) ? text : nearest(text, kinds)
  return kind && `write { kind: ${kind} }`
}
