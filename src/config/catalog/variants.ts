import { codecOf } from "../language/codec.ts"
import type { Description, RecordDescription } from "../language/description.ts"
import type { Catalog } from "./entry.ts"
import type { PartSpec } from "./part.ts"
import { sumOf } from "./sumOf.ts"

/** One way of writing a part. */
export interface Variant {
  /** What is not as it comes: "bce", "adaptiveFocal, preset seed-text". */
  readonly name: string
  /** Every default filled in. */
  readonly spec: PartSpec
}

/** What can be chosen by a word in place of the default. */
const choices = (description: Description): readonly unknown[] => {
  const { tag, default: byDefault } = description
  const all =
    tag === "boolean"
      ? [true, false]
      : tag === "enum"
        ? description.values
        : tag === "anyOf"
          ? description.options.flatMap(choices)
          : []
  return all.filter((value) => value !== byDefault)
}

const firstWith = (variants: readonly Variant[], spec: PartSpec): number => {
  const text = JSON.stringify(spec)
  return variants.findIndex((variant) => JSON.stringify(variant.spec) === text)
}

/** A part as it is given, with each of its presets, and with each choice of its options, one at a time: those that are
 *  allowed, and none twice. Numbers stay as they are.
 *  @param given a kind and the options that it cannot do without */
export const variantsOf = (
  catalog: Catalog<unknown>,
  given: { readonly kind: string; readonly [option: string]: unknown },
): readonly Variant[] => {
  const { kind } = given
  const { fields, presets = {} }: RecordDescription = catalog[kind]!.options
  const codec = codecOf(sumOf("part", "One of the catalogue.", catalog))
  const changes: readonly (readonly [option: string, value: unknown])[] = [
    ...Object.keys(presets).map((preset) => ["preset", preset] as const),
    ...Object.entries(fields).flatMap(([option, description]) =>
      option in given ? [] : choices(description).map((value) => [option, value] as const),
    ),
  ]
  const written = [
    { name: kind, options: given },
    ...changes.map(([option, value]) => ({
      name: `${kind}, ${option} ${value}`,
      options: { ...given, [option]: value },
    })),
  ]
  const variants = written.flatMap(({ name, options }): readonly Variant[] => {
    const decoded = codec.decode(options)
    return decoded._tag === "Right" ? [{ name, spec: decoded.right as PartSpec }] : []
  })
  return variants.filter(({ spec }, i) => firstWith(variants, spec) === i)
}
