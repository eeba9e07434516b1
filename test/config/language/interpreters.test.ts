import fc from "fast-check"
import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { arbitraryOf } from "../../../src/config/language/arbitrary.ts"
import { codecOf } from "../../../src/config/language/codec.ts"
import type { Description } from "../../../src/config/language/description.ts"
import { pathOf } from "../../../src/config/language/issue.ts"
import { jsonSchemaOf } from "../../../src/config/language/jsonSchema.ts"
import { yamlTypeOf, yamlTypesOf } from "../../../src/config/language/yamlType.ts"
import { anyDescription, placesOf } from "../descriptions.ts"
import { example } from "../examples.ts"
import { schemaAccepts } from "../schemaAccepts.ts"

/** A value of the example, which has rules and contains itself, or of a description made up. */
const described = fc.oneof(
  fc.record({ description: fc.constant(example), value: arbitraryOf(example) }),
  anyDescription.chain((description) =>
    fc.record({ description: fc.constant(description), value: arbitraryOf(description) }),
  ),
)

const schemaOf = (description: Description) => jsonSchemaOf(description, { id: "an-id", title: "A title" })

const decoded = (description: Description, value: unknown): unknown => {
  const result = codecOf(description).decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

/** Its own default left out wherever there is one, so that decoding has to fill it in. */
const withoutDefaults = (description: Description, value: unknown): unknown => {
  const fieldsOf = (each: Description): Readonly<Record<string, Description>> => {
    if (each.tag === "record") return each.fields
    if (each.tag === "sum") return each.members[(value as { readonly kind: string }).kind]!.fields
    return {}
  }
  const fields = fieldsOf(description)
  if (Object.keys(fields).length === 0) return value
  return Object.fromEntries(
    Object.entries(value as object).filter(
      ([key]) => fields[key] === undefined || !("default" in fields[key]),
    ),
  )
}

describe("the interpreters of one description agree", () => {
  it("a value of the arbitrary decodes to itself, keys in the same order", () => {
    fc.assert(
      fc.property(described, ({ description, value }) => {
        expect(JSON.stringify(decoded(description, value))).toBe(JSON.stringify(value))
      }),
    )
  })

  it("a value of the arbitrary obeys the schema", () => {
    fc.assert(
      fc.property(described, ({ description, value }) => {
        expect(schemaAccepts(schemaOf(description), value)).toBe(true)
      }),
    )
  })

  it("decoding fills in defaults, in canonical order, and a second decoding changes nothing", () => {
    fc.assert(
      fc.property(described, ({ description, value }) => {
        const once = decoded(description, withoutDefaults(description, value))
        expect(JSON.stringify(decoded(description, once))).toBe(JSON.stringify(once))
        expect(Object.keys(once ?? {})).toEqual(Object.keys(value ?? {}))
      }),
    )
  })

  it("the order in which keys are written does not matter", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (yamlTypeOf(value) !== "map") return value
      return Object.fromEntries(
        Object.entries(value as object)
          .reverse()
          .map(([key, each]) => [key, reversed(each)]),
      )
    }
    fc.assert(
      fc.property(described, ({ description, value }) => {
        expect(decoded(description, reversed(value))).toEqual(value)
      }),
    )
  })

  it("a value of the wrong type anywhere is refused at exactly that place, and by the schema", () => {
    const wrong = [null, true, 0.5, "some text", ["item"], { key: 1 }]
    fc.assert(
      fc.property(described, fc.nat(), fc.nat(), ({ description, value }, which, how) => {
        const places = placesOf(description, value)
        const place = places[which % places.length]!
        const types = yamlTypesOf(place.description)
        const others = wrong.filter(
          (each) =>
            !types.includes(yamlTypeOf(each)) && (each !== null || place.description.default !== null),
        )
        const mutated = replaced(value, place.path, others[how % others.length])
        const result = codecOf(description).decode(mutated)
        expect(E.isLeft(result) && result.left.map(pathOf)).toEqual([place.path])
        expect(schemaAccepts(schemaOf(description), mutated)).toBe(false)
      }),
    )
  })

  it("NaN and infinity are refused anywhere", () => {
    fc.assert(
      fc.property(
        described,
        fc.nat(),
        fc.constantFrom(NaN, Infinity, -Infinity),
        ({ description, value }, which, number) => {
          const places = placesOf(description, value)
          const { path } = places[which % places.length]!
          const result = codecOf(description).decode(replaced(value, path, number))
          expect(E.isLeft(result) && result.left.map(pathOf)).toEqual([path])
        },
      ),
    )
  })
})

const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((each: unknown, i) => (String(i) === key ? replaced(each, rest, by) : each))
  const map = value as Readonly<Record<string, unknown>>
  return { ...map, [key]: replaced(map[key], rest, by) }
}
