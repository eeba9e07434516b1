import fc from "fast-check"
import { reservedKeys } from "../yaml/reservedKeys.ts"
import { codecOf } from "./codec.ts"
import type { Description, NumberDescription, RecordDescription } from "./description.ts"

/** How often a value may contain its own description again. */
const maxDepth = 2

/** Valid values of a description in their canonical form: decoding one gives the same again. */
export const arbitraryOf = (description: Description): fc.Arbitrary<unknown> => arbitraryAt(description, 0)

const arbitraryAt = (description: Description, depth: number): fc.Arbitrary<unknown> => {
  switch (description.tag) {
    case "number":
      return numberOf(description)
    case "integer": {
      const { minimum, maximum } = description
      const min = minimum ?? Math.min(0, maximum ?? 0) - 1000
      const max = maximum ?? Math.max(0, minimum ?? 0) + 1000
      // As often as not a size that people write: one of the lowest few.
      return minimum === undefined
        ? fc.integer({ min, max })
        : fc.oneof(fc.integer({ min, max: Math.min(max, min + 4) }), fc.integer({ min, max }))
    }
    case "boolean":
      return fc.boolean()
    case "text":
      return description.pattern ? fc.stringMatching(new RegExp(description.pattern.regex, "u")) : fc.string()
    case "enum":
      return fc.constantFrom(...description.values)
    case "list": {
      const { item, minItems = 0, maxItems } = description
      if (depth >= maxDepth && mustRecur(item)) return fc.constant([])
      const most = maxItems === undefined ? {} : { maxLength: maxItems }
      return fc.array(arbitraryAt(item, depth), { minLength: minItems, ...most })
    }
    case "map": {
      const { value, minEntries = 0 } = description
      if (depth >= maxDepth && mustRecur(value)) return fc.constant({})
      return fc.dictionary(mapKey, arbitraryAt(value, depth), { minKeys: minEntries, noNullPrototype: true })
    }
    case "record":
      return recordAt(description, depth)
    case "sum":
      return fc.oneof(
        ...Object.entries(description.members)
          .filter(([, member]) => depth < maxDepth || !mustRecur(member))
          .map(([kind, member]) => recordAt(member, depth, { kind: fc.constant(kind) })),
      )
    case "lazy":
      return arbitraryAt(description.get(), depth + 1)
    case "anyOf":
      return fc.oneof(
        ...description.options
          .filter((option) => depth < maxDepth || !mustRecur(option))
          .map((option) => arbitraryAt(option, depth)),
        ...(description.default === null ? [fc.constant(null)] : []),
      )
  }
}

/** Numbers of a size that people write, not 5e-324: in thousandths of the way between the limits, or of 0.001, 1
 *  or 1000 from the only limit or zero; and the default. */
const numberOf = (description: NumberDescription): fc.Arbitrary<number> => {
  const lowest = description.minimum ?? description.exclusiveMinimum
  const highest = description.maximum ?? description.exclusiveMaximum
  const up = highest === undefined ? [0.001, 1, 1000] : []
  const down = lowest === undefined ? [-0.001, -1, -1000] : []
  const spans = lowest !== undefined && highest !== undefined ? [highest - lowest] : [...up, ...down]
  const steps = fc
    .tuple(fc.constantFrom(...spans), fc.integer({ min: 0, max: 1000 }))
    .map(([span, steps]) => (lowest ?? highest ?? 0) + (span * steps) / 1000)
    .filter(codecOf(description).is) // an exclusive limit, or one missed by rounding
  return description.default === undefined ? steps : fc.oneof(steps, fc.constant(description.default))
}

const mapKey = fc.stringMatching(/^[a-zA-Z][\w-]{0,9}$/).filter((key) => !reservedKeys.includes(key))

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** @param head fields that come first */
const recordAt = (
  description: RecordDescription,
  depth: number,
  head: Fields = {},
): fc.Arbitrary<unknown> => {
  const { presets = {}, check } = description
  const fields = Object.fromEntries(
    Object.entries(description.fields).map(([key, field]) => [key, arbitraryAt(field, depth)]),
  )
  const records = [{}, ...Object.keys(presets).map((preset) => ({ preset: fc.constant(preset) }))].map(
    (preset) => fc.record({ ...head, ...preset, ...fields }, { noNullPrototype: true }),
  )
  return fc.oneof(...records).filter((record) => !check?.(record as never))
}

/** Whether every value of a description contains a value of a lazy one. */
const mustRecur = (description: Description): boolean => {
  switch (description.tag) {
    case "lazy":
      return true
    case "list":
      return (description.minItems ?? 0) > 0 && mustRecur(description.item)
    case "map":
      return (description.minEntries ?? 0) > 0 && mustRecur(description.value)
    case "record":
      return Object.values(description.fields).some(mustRecur)
    case "sum":
      return Object.values(description.members).every(mustRecur)
    case "anyOf":
      return description.default !== null && description.options.every(mustRecur)
    case "number":
    case "integer":
    case "boolean":
    case "text":
    case "enum":
      return false
  }
}
