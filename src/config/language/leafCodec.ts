import { either as E } from "fp-ts"
import * as t from "io-ts"
import { nearest } from "../../failure/suggestion.ts"
import type {
  BooleanDescription,
  EnumDescription,
  IntegerDescription,
  NumberDescription,
  TextDescription,
} from "./description.ts"
import { expectationOf } from "./expectation.ts"
import { hintFor } from "./hint.ts"
import { refuse } from "./issue.ts"
import { shown } from "./shown.ts"
import { yamlTypeOf, yamlTypesOf } from "./yamlType.ts"

export type Codec = t.Type<unknown, unknown, unknown>

type LeafDescription =
  | NumberDescription
  | IntegerDescription
  | BooleanDescription
  | TextDescription
  | EnumDescription

export const codecFrom = (name: string, validate: t.Validate<unknown, unknown>): Codec =>
  new t.Type(name, (value): value is unknown => E.isRight(validate(value, [])), validate, t.identity)

/** The codec of what has no parts. */
export const leafCodec = (description: LeafDescription): Codec => {
  const expected = expectationOf(description)
  return codecFrom(expected, (value, context) => {
    const message = yamlTypesOf(description).includes(yamlTypeOf(value))
      ? faultOf(description, value)
      : "wrong type"
    if (message === undefined) return t.success(Object.is(value, -0) ? 0 : value) // JSON has no -0
    return refuse(value, context, {
      message,
      at: "value",
      expected,
      found: shown(value),
      suggestion: description.tag === "enum" ? nearest(String(value), description.values) : undefined,
      fix: hintFor(description, value),
    })
  })
}

/** What is wrong with a value of the right YAML type. */
const faultOf = (description: LeafDescription, value: unknown): string | undefined => {
  switch (description.tag) {
    case "number":
    case "integer": {
      const number = Number(value)
      if (!Number.isFinite(number)) return "not a finite number"
      if (description.tag === "integer" && !Number.isSafeInteger(number)) return "not an integer"
      return inRange(description, number) ? undefined : "out of range"
    }
    case "text":
      return new RegExp(description.pattern?.regex ?? "", "u").test(String(value)) ? undefined : "malformed"
    case "enum":
      return description.values.includes(String(value)) ? undefined : "not one of the choices"
    case "boolean":
      return undefined
  }
}

const inRange = (description: NumberDescription | IntegerDescription, value: number): boolean => {
  const { minimum = -Infinity, maximum = Infinity } = description
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } =
    description.tag === "number" ? description : {}
  return minimum <= value && value <= maximum && exclusiveMinimum < value && value < exclusiveMaximum
}
