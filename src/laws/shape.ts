import fc from "fast-check"
import { rootKey } from "../tensor/randomKey.ts"
import { allowance } from "./differs.ts"
import { type Law, law } from "./law.ts"
import type { LossCase } from "./lossCase.ts"
import { lossCaseFor } from "./lossCases.ts"
import type { Options } from "./subject.ts"

export const fallsWithMargin = law<{ of: LossCase; gainSeed: number }>({
  name: "fallsWithMargin",
  says: "The loss does not rise when pixels become more certain of what is right.",
  given: () => ({ of: lossCaseFor({ softMask: false }), gainSeed: fc.nat(999) }),
  check: (loss, { of, gainSeed }) => {
    const draws = rootKey(gainSeed).draws()
    const logits = of.logits.map((z, i) => {
      const gain = Math.max(0, draws.between(-2, 4))
      return of.mask[i] === 1 ? z + gain : z - gain
    })
    const [before, after] = [loss.value(of), loss.value({ ...of, logits })]
    return after <= before + allowance(before) ? null : `${before} before, ${after} when more certain`
  },
})

export const convex = law<{ of: LossCase; otherSeed: number }>({
  name: "convex",
  says: "The loss is convex in the logits.",
  given: (subject) => ({ of: lossCaseFor(subject), otherSeed: fc.nat(999) }),
  check: (loss, { of, otherSeed }) => {
    const draws = rootKey(otherSeed).draws()
    const other = { ...of, logits: of.logits.map(() => draws.between(-8, 8)) }
    const between = { ...of, logits: of.logits.map((z, i) => (z + other.logits[i]!) / 2) }
    const [middle, chord] = [loss.value(between), (loss.value(of) + loss.value(other)) / 2]
    return middle <= chord + allowance(middle, chord) ? null : `${middle} half-way, ${chord} on the chord`
  },
})

const monotone = (name: string, field: string, says: string, sign: 1 | -1): Law =>
  law<{ of: LossCase; other: Options }>({
    name,
    says,
    given: (subject) => ({ of: lossCaseFor(subject), other: subject.others?.() ?? subject.options }),
    check: (loss, { of, other }) => {
      const [here, there] = [loss.options[field], other[field]]
      if (typeof here !== "number" || typeof there !== "number" || here === there) return null
      const [low, high] = [Math.min(here, there), Math.max(here, there)].map((value) =>
        loss.valueWith({ [field]: value }, of),
      ) as [number, number]
      return sign * (high - low) >= -allowance(low, high)
        ? null
        : `${low} with ${field} ${Math.min(here, there)}, ${high} with ${Math.max(here, there)}`
    },
  })

const capital = (field: string): string => field[0]!.toUpperCase() + field.slice(1)

/** A law of an option that is a number: fallsAs("gamma") is named fallsAsGammaRises. */
export const fallsAs = (field: string): Law =>
  monotone(`fallsAs${capital(field)}Rises`, field, `The loss does not rise as ${field} rises.`, -1)

export const risesWith = (field: string): Law =>
  monotone(`risesWith${capital(field)}`, field, `The loss does not fall as ${field} rises.`, 1)
