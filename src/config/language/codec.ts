import { either as E } from "fp-ts"
import * as t from "io-ts"
import { nearest } from "../../failure/suggestion.ts"
import { reservedKeys } from "../yaml/reservedKeys.ts"
import type {
  AnyOfDescription,
  Description,
  ListDescription,
  MapDescription,
  RecordDescription,
  SumDescription,
} from "./description.ts"
import { expectationOf, items } from "./expectation.ts"
import { hintFor } from "./hint.ts"
import { issueError, issueOf, refuse } from "./issue.ts"
import { type Codec, codecFrom, leafCodec } from "./leafCodec.ts"
import { choices, shown } from "./shown.ts"
import { isMap, yamlTypeOf, yamlTypesOf } from "./yamlType.ts"

const codecs = new WeakMap<Description, Codec>()

/** Decodes plain YAML values to canonical JSON: every default filled in, keys in the order of the description.
 *  What it decodes once it decodes again to the same. Its errors carry an `Issue` each, and all are found. */
export const codecOf = (description: Description): Codec => {
  const known = codecs.get(description)
  if (known !== undefined) return known
  const codec = newCodec(description)
  codecs.set(description, codec)
  return codec
}

const newCodec = (description: Description): Codec => {
  switch (description.tag) {
    case "number":
    case "integer":
    case "boolean":
    case "text":
    case "enum":
      return leafCodec(description)
    case "list":
      return listCodec(description)
    case "map":
      return mapCodec(description)
    case "record":
      return recordCodec(description)
    case "sum":
      return sumCodec(description)
    case "lazy":
      return t.recursion(description.name, () => codecOf(description.get()))
    case "anyOf":
      return anyOfCodec(description)
  }
}

const listCodec = (description: ListDescription): Codec => {
  const codec = codecOf(description.item)
  const expected = expectationOf(description)
  const { minItems = 0, maxItems = Infinity } = description
  return codecFrom(expected, (value, context) => {
    if (!Array.isArray(value)) return wrongType(description, value, context)
    if (value.length < minItems || value.length > maxItems) {
      const message = value.length < minItems ? "too few items" : "too many items"
      return refuse(value, context, { message, at: "value", expected, found: items(value.length) })
    }
    const entries = value.map(
      (item: unknown, i): Entry => [String(i), validated(codec, item, context, String(i))],
    )
    return E.map(Object.values)(together(entries))
  })
}

const mapCodec = (description: MapDescription): Codec => {
  const codec = codecOf(description.value)
  const expected = expectationOf(description)
  const { minEntries = 0 } = description
  return codecFrom(expected, (value, context) => {
    if (!isMap(value)) return wrongType(description, value, context)
    const keys = Object.keys(value)
    if (keys.length < minEntries)
      return refuse(value, context, {
        message: "too few entries",
        at: "value",
        expected,
        found: shown(value),
      })
    return together(
      keys.map((key) => [
        key,
        reservedKeys.includes(key)
          ? refuse(value, inside(context, key), {
              message: "reserved key",
              at: "key",
              fix: "choose another name",
            })
          : validated(codec, value[key], context, key),
      ]),
    )
  })
}

/** @param head what the decoded record begins with: the kind, when it is a member of a sum */
const recordCodec = (description: RecordDescription, head: { readonly kind?: string } = {}): Codec => {
  const { presets = {}, check } = description
  const presetCodec = leafCodec({ tag: "enum", doc: "", values: Object.keys(presets) })
  const fields = Object.entries(description.fields).map(([key, field]) => ({
    key,
    field,
    codec: codecOf(field),
  }))
  const keys = [...(description.presets ? ["preset"] : []), ...fields.map(({ key }) => key)]

  return codecFrom(expectationOf(description), (value, context) => {
    if (!isMap(value)) return wrongType(description, value, context)
    const given = (key: string): unknown => own(value, key)

    const unknownKeys = Object.keys(value).filter((key) => !keys.includes(key) && !Object.hasOwn(head, key))
    const refused = unknownKeys.map((key): Entry => {
      const free = keys.filter((each) => given(each) === undefined)
      // Another layer may have given the right key already.
      const suggestion = nearest(key, free) ?? nearest(key, keys)
      const issue = { message: "unknown key", at: "key", expected: choices(keys), suggestion } as const
      return [key, refuse(value[key], inside(context, key), issue)]
    })

    const name = description.presets && given("preset")
    const preset: readonly Entry[] =
      name === undefined ? [] : [["preset", validated(presetCodec, name, context, "preset")]]
    const presetFailed = preset.some(([, result]) => E.isLeft(result))
    const filled = Object.hasOwn(presets, String(name)) ? presets[String(name)] : undefined

    const decoded = fields.flatMap(({ key, field, codec }): readonly Entry[] => {
      const found = [given(key), filled?.[key], field.default].find((each) => each !== undefined)
      if (found !== undefined) return [[key, validated(codec, found, context, key)]]
      if (presetFailed) return [] // the right preset may fill it
      const issue = { message: "missing", at: "value", expected: expectationOf(field) } as const
      return [[key, refuse(undefined, inside(context, key), issue)]]
    })

    const kind = Object.entries(head).map(([key, word]): Entry => [key, t.success(word)])
    return E.chain((record: Readonly<Record<string, unknown>>) => {
      const fault = check?.(record as never) // the check was written for what these fields decode to
      if (!fault) return t.success(record)
      const { path, ...said } = fault
      const place = path === "" ? context : path.split(".").reduce(inside, context)
      return refuse(value, place, { ...said, at: "value" })
    })(together([...kind, ...preset, ...decoded, ...refused]))
  })
}

const sumCodec = (description: SumDescription): Codec => {
  const { what, members, elsewhere = {} } = description
  const kinds = Object.keys(members)
  const codecs = new Map(
    Object.entries(members).map(([kind, member]) => [kind, recordCodec(member, { kind })]),
  )
  return codecFrom(expectationOf(description), (value, context) => {
    if (!isMap(value)) return wrongType(description, value, context)
    const kind = own(value, "kind")
    const codec = codecs.get(String(kind))
    if (typeof kind === "string" && codec !== undefined) return codec.validate(value, context)
    const place = inside(context, "kind")
    const expected = choices(kinds)
    if (kind === undefined) return refuse(kind, place, { message: "missing", at: "value", expected })
    const fix = own(elsewhere, String(kind))
    return refuse(kind, place, {
      message: fix === undefined ? `unknown ${what}` : `${kind} cannot stand here`,
      at: "value",
      expected,
      found: shown(kind),
      ...(fix === undefined ? { suggestion: nearest(String(kind), kinds) } : { fix: String(fix) }),
    })
  })
}

/** The option is chosen by the type that YAML gives the value, and of several of one type the first that fits;
 *  faults in the value itself name all options. */
const anyOfCodec = (description: AnyOfDescription): Codec => {
  const expected = expectationOf(description)
  return codecFrom(expected, (value, context) => {
    if (value === null && description.default === null) return t.success(value)
    const results = description.options
      .filter((each) => yamlTypesOf(each).includes(yamlTypeOf(value)))
      .map((each) => codecOf(each).validate(value, context))
    const result = results.find(E.isRight) ?? results[0]
    if (result === undefined) return wrongType(description, value, context)
    return E.mapLeft((errors: t.Errors) =>
      errors.map((error) => {
        if (error.context.length > context.length) return error
        const issue = issueOf(error)
        const fix = issue.fix ?? hintFor(description, value)
        return issueError(value, context, { ...issue, expected, fix })
      }),
    )(result)
  })
}

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined

type Entry = readonly [key: string, result: t.Validation<unknown>]

/** All entries, or all that is wrong with any of them. */
const together = (entries: readonly Entry[]): t.Validation<Readonly<Record<string, unknown>>> => {
  const errors = entries.flatMap(([, result]) => (E.isLeft(result) ? result.left : []))
  if (errors.length > 0) return t.failures(errors)
  return t.success(
    Object.fromEntries(entries.flatMap(([key, result]) => (E.isRight(result) ? [[key, result.right]] : []))),
  )
}

const inside = (context: t.Context, key: string): t.Context => t.appendContext(context, key, t.unknown)

const validated = (codec: Codec, value: unknown, context: t.Context, key: string): t.Validation<unknown> =>
  codec.validate(value, t.appendContext(context, key, codec, value))

const wrongType = (description: Description, value: unknown, context: t.Context): t.Validation<never> =>
  refuse(value, context, {
    message: "wrong type",
    at: "value",
    expected: expectationOf(description),
    found: shown(value),
    fix: hintFor(description, value),
  })
