import type { Json } from "../json.ts"
import { reservedKeys } from "../yaml/reservedKeys.ts"
import type { Description, RecordDescription } from "./description.ts"

export interface SchemaOptions {
  readonly id: string
  readonly title: string
  /** For files that extend others: only `kind` is required, since the rest may come from the other file. */
  readonly partial?: boolean
}

type Schema = { readonly [keyword: string]: Json }

/** JSON Schema, draft 7, the newest that yaml-language-server reads. It says all that a description says, but
 *  for the `check` rules of records and for what a preset fills. */
export const jsonSchemaOf = (
  description: Description,
  { id, title, partial = false }: SchemaOptions,
): Json => {
  const definitions = new Map<string, Json>()

  const schemaOf = (each: Description): Schema => {
    if (each.tag === "lazy") {
      if (!definitions.has(each.name)) {
        definitions.set(each.name, {}) // stops the recursion
        definitions.set(each.name, schemaOf(each.get()))
      }
      return { $ref: `#/definitions/${each.name}` }
    }
    const annotations = {
      description: each.doc,
      ...(each.default === undefined ? {} : { default: each.default as Json }),
    }
    return { ...annotations, ...constraintsOf(each) }
  }

  const constraintsOf = (each: Exclude<Description, { tag: "lazy" }>): Schema => {
    switch (each.tag) {
      case "number":
        return {
          type: "number",
          ...picked(each, ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"]),
        }
      case "integer":
        return { type: "integer", ...picked(each, ["minimum", "maximum"]) }
      case "boolean":
        return { type: "boolean" }
      case "text":
        return {
          type: "string",
          ...(each.pattern && {
            pattern: each.pattern.regex,
            patternErrorMessage: `Expected ${each.pattern.words}`,
          }),
        }
      case "enum":
        return { type: "string", enum: each.values }
      case "list":
        return { type: "array", items: schemaOf(each.item), ...picked(each, ["minItems", "maxItems"]) }
      case "map":
        return {
          type: "object",
          propertyNames: { not: { enum: reservedKeys } },
          additionalProperties: schemaOf(each.value),
          ...(each.minEntries === undefined ? {} : { minProperties: each.minEntries }),
        }
      case "record":
        return recordConstraints(each, {})
      case "sum":
        // Members exclude each other by their kind; anyOf, since editors complete it better than oneOf.
        return {
          anyOf: Object.entries(each.members).map(([kind, member]) => ({
            title: kind,
            description: member.doc,
            ...recordConstraints(member, { kind: { const: kind, description: member.doc } }),
          })),
        }
      case "anyOf":
        return {
          anyOf: [...each.options.map(schemaOf), ...(each.default === null ? [{ type: "null" }] : [])],
        }
    }
  }

  const recordConstraints = ({ fields, presets = {} }: RecordDescription, head: Schema): Schema => {
    const filled = new Set(Object.values(presets).flatMap(Object.keys))
    const required = Object.entries(fields).flatMap(([key, field]) =>
      partial || field.default !== undefined || filled.has(key) ? [] : [key],
    )
    const names = Object.keys(presets)
    return {
      type: "object",
      properties: {
        ...head,
        ...(names.length === 0
          ? {}
          : { preset: { description: "A named set of defaults.", type: "string", enum: names } }),
        ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, schemaOf(field)])),
      },
      required: [...Object.keys(head), ...required],
      additionalProperties: false,
    }
  }

  const root = schemaOf(description)
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: id,
    title,
    ...root,
    ...(definitions.size === 0 ? {} : { definitions: Object.fromEntries(definitions) }),
  }
}

/** The keywords that are there, in the order of `keys`. */
const picked = <K extends string>(
  from: { readonly [key in K]?: Json | undefined },
  keys: readonly K[],
): Schema =>
  Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const value = from[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
