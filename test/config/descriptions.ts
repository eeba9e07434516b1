import fc from "fast-check"
import { arbitraryOf } from "../../src/config/language/arbitrary.ts"
import type { Description, RecordDescription } from "../../src/config/language/description.ts"
import { yamlTypesOf } from "../../src/config/language/yamlType.ts"

const doc = "Something."
const word = fc.stringMatching(/^[a-z]{1,6}$/).filter((each) => each !== "kind" && each !== "preset")
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 })

/** Numbers with up to three decimals: drawn as such, since most of the doubles in a range lie next to 0. */
const decimal = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((thousandths) => thousandths / 1000)

/** Two limits in order, each there or not. */
const limits = (number: fc.Arbitrary<number>) =>
  fc.tuple(number, number, fc.boolean(), fc.boolean()).map(([a, b, lower, upper]) => ({
    ...(lower && { minimum: Math.min(a, b) }),
    ...(upper && { maximum: Math.max(a, b) }),
  }))

/** A default for every second one, always valid. */
const withDefault = (description: fc.Arbitrary<Description>): fc.Arbitrary<Description> =>
  description.chain((each) =>
    each.tag === "lazy"
      ? fc.constant(each)
      : fc
          .option(arbitraryOf(each))
          .map((value) => (value === null ? each : ({ ...each, default: value } as Description))),
  )

const leaf: fc.Arbitrary<Description> = fc.oneof(
  limits(decimal(-1000, 1000)).map((range) => ({
    tag: "number" as const,
    doc,
    ...range,
  })),
  decimal(0, 1000).map((limit) => ({ tag: "number" as const, doc, exclusiveMinimum: limit })),
  limits(fc.integer()).map((range) => ({ tag: "integer" as const, doc, ...range })),
  fc.constant({ tag: "boolean" as const, doc }),
  fc.constant({ tag: "text" as const, doc }),
  fc.constant({ tag: "text" as const, doc, pattern: { regex: "^[a-z]{1,4}$", words: "up to four letters" } }),
  words.map((values) => ({ tag: "enum" as const, doc, values })),
)

const recordOf = (field: fc.Arbitrary<Description>): fc.Arbitrary<RecordDescription> =>
  fc.dictionary(word, field, { maxKeys: 4, noNullPrototype: true }).chain((fields) =>
    fc
      .dictionary(
        word,
        fc.record(Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, arbitraryOf(each)])), {
          requiredKeys: [],
          noNullPrototype: true,
        }),
        {
          maxKeys: 2,
          noNullPrototype: true,
        },
      )
      .map((presets) => ({
        tag: "record",
        doc,
        fields,
        ...(Object.keys(presets).length > 0 && { presets }),
      })),
  )

/** Any description of at most so many levels. */
const descriptionOf = (levels: number): fc.Arbitrary<Description> => {
  if (levels === 0) return leaf
  const inner = withDefault(descriptionOf(levels - 1))
  const record = recordOf(inner)
  return fc.oneof(
    leaf,
    fc
      .tuple(inner, fc.integer({ min: 0, max: 2 }))
      .map(([item, minItems]) => ({ tag: "list" as const, doc, item, minItems })),
    fc
      .tuple(inner, fc.integer({ min: 0, max: 2 }))
      .map(([value, minEntries]) => ({ tag: "map" as const, doc, value, minEntries })),
    record,
    fc
      .dictionary(word, record, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
      .map((members) => ({ tag: "sum" as const, doc, what: "part", members })),
    fc
      .uniqueArray(inner, {
        minLength: 1,
        maxLength: 3,
        comparator: (a, b) => yamlTypesOf(a).some((type) => yamlTypesOf(b).includes(type)),
      })
      .map((options) => ({ tag: "anyOf" as const, doc, options })),
  )
}

export const anyDescription = descriptionOf(2)

/** A place in a value, with the description of what may stand there. */
export interface Place {
  readonly path: readonly string[]
  readonly description: Description
}

/** Every place in a valid value. */
export const placesOf = (
  description: Description,
  value: unknown,
  path: readonly string[] = [],
): readonly Place[] => {
  const below = (key: string, child: Description): readonly Place[] =>
    placesOf(child, (value as Record<string, unknown>)[key], [...path, key])
  const record = ({ fields, presets = {} }: RecordDescription, given = value as object) => [
    ...Object.entries(fields).flatMap(([key, field]) => below(key, field)),
    ...("preset" in given ? below("preset", { tag: "enum", doc, values: Object.keys(presets) }) : []),
  ]
  const here: Place = { path, description }
  switch (description.tag) {
    case "list":
      return [here, ...Object.keys(value as object).flatMap((key) => below(key, description.item))]
    case "map":
      return [here, ...Object.keys(value as object).flatMap((key) => below(key, description.value))]
    case "record":
      return [here, ...record(description)]
    case "sum": {
      const kinds: Description = { tag: "enum", doc, values: Object.keys(description.members) }
      const { kind } = value as { readonly kind: string }
      return [here, ...below("kind", kinds), ...record(description.members[kind]!)]
    }
    case "lazy":
      return placesOf(description.get(), value, path)
    case "number":
    case "integer":
    case "boolean":
    case "text":
    case "enum":
    case "anyOf":
      return [here]
  }
}
