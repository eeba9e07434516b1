import fc from "fast-check"
import { applies } from "../../laws/claim.ts"
import type { Law } from "../../laws/law.ts"
import type { Loss } from "../../losses/loss.ts"
import { arbitraryOf } from "../language/arbitrary.ts"
import { codecOf } from "../language/codec.ts"
import type { LazyDescription, SumDescription } from "../language/description.ts"
import { type LossEntry, takesSoftMasks } from "./losses/lossEntry.ts"
import type { PartSpec } from "./part.ts"
import { sumOf } from "./sumOf.ts"

/** The losses that a loss is made of, with their places: what stands in its field `loss`, or in `terms`. */
export const placedTermsOf = ({ loss, terms }: PartSpec): readonly (readonly [place: string, PartSpec])[] => [
  ...(loss === undefined ? [] : [["loss", loss as PartSpec] as const]),
  ...((terms ?? []) as readonly PartSpec[]).map((term, i) => [`terms.${i}`, term] as const),
]

export const termsOf = (spec: PartSpec): readonly PartSpec[] => placedTermsOf(spec).map(([, term]) => term)

/** Whether a loss is, or is made of, a file of the user's. */
export const hasModule = (spec: PartSpec): boolean => spec.kind === "module" || termsOf(spec).some(hasModule)

/** A loss in a line, without its options: "sum of bce and softDice". */
export const lossName = (spec: PartSpec): string => {
  const terms = termsOf(spec).map(lossName)
  if (spec.kind === "module") return `module ${spec.path}`
  return terms.length === 0 ? spec.kind : `${spec.kind} of ${terms.join(" and ")}`
}

/** A loss with those that it is made of changed. */
export const mapTerms = (spec: PartSpec, change: (term: PartSpec) => PartSpec): PartSpec => ({
  ...spec,
  ...(spec.loss === undefined ? {} : { loss: change(spec.loss as PartSpec) }),
  ...(spec.terms === undefined ? {} : { terms: (spec.terms as readonly PartSpec[]).map(change) }),
})

/** The losses that a loss can be made of. */
export interface NestedLosses {
  /** What YAML says of one. */
  description(doc: string): LazyDescription
  /** A promise when a file of the user's must be loaded for it. */
  build(spec: PartSpec): Loss | Promise<Loss>
  /** Makes one of several; at once, unless a file must be loaded. */
  combine(specs: readonly PartSpec[], make: (losses: readonly Loss[]) => Loss): Loss | Promise<Loss>
  /** Whether a loss claims a law, with the options of its spec. */
  claims(spec: PartSpec, law: Law): boolean
  /** In which options a loss claims a law, in words; null when in none, or in all. */
  conditionOf(spec: PartSpec, law: Law): string | null
  softMask(spec: PartSpec): boolean
  /** Losses to check laws on. */
  readonly drawn: () => fc.Arbitrary<PartSpec>
}

/** @param losses those of one scale, by their YAML names, what is made of them included: it is called when it is
 *                needed, since they do not exist before what is made of them does */
export const nestedLosses = (losses: () => Readonly<Record<string, LossEntry>>): NestedLosses => {
  // A decoded spec names a member.
  const entryOf = ({ kind }: PartSpec): LossEntry => losses()[kind]!
  const sum = once(
    (): SumDescription => ({
      ...sumOf("loss", "A loss of one scale.", losses()),
      elsewhere: { deepSupervised: "make deepSupervised the outermost, with this as its `loss`" },
    }),
  )

  const claimsOf = (spec: PartSpec, law: Law) =>
    entryOf(spec).claims.filter((claim) => claim.holds && claim.law === law)

  const nested: NestedLosses = {
    description: (doc) => ({ tag: "lazy", name: "loss", doc, get: sum }),
    build: ({ kind, ...options }) => losses()[kind]!.build(options),
    combine: (specs, make) => {
      const built = specs.map(nested.build)
      return built.some((one) => one instanceof Promise)
        ? Promise.all(built).then(make)
        : make(built as readonly Loss[])
    },
    claims: (spec, law) => claimsOf(spec, law).some((claim) => applies(claim, spec)),
    conditionOf: (spec, law) =>
      claimsOf(spec, law)
        .map(({ when }) => when?.says)
        .find((says) => says !== undefined) ?? null,
    softMask: (spec) => takesSoftMasks(entryOf(spec), spec),
    drawn: once(() => drawnFrom(losses())),
  }
  return nested
}

/** Losses that are made of no others, mostly with their defaults, some of them weighted. */
const drawnFrom = (losses: Readonly<Record<string, LossEntry>>): fc.Arbitrary<PartSpec> => {
  const simple = Object.entries(losses).filter(
    ([kind, { options }]) => kind !== "module" && !("loss" in options.fields) && !("terms" in options.fields),
  )
  const one = fc.oneof(
    ...simple.map(([kind, { options }]) => {
      const standard = codecOf(options).decode({})
      const any = arbitraryOf(options)
      const arbitrary =
        standard._tag === "Left" ? any : fc.oneof({ weight: 3, arbitrary: fc.constant(standard.right) }, any)
      return arbitrary.map((spec): PartSpec => ({ kind, ...(spec as Omit<PartSpec, "kind">) }))
    }),
  )
  const weighted = one.map((loss): PartSpec => ({ kind: "weighted", loss, weight: 2 }))
  return fc.oneof({ weight: 4, arbitrary: one }, weighted)
}

const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
