import fc from "fast-check"
import { applies, type Claim, holds } from "../../laws/claim.ts"
import { gradient64 } from "../../laws/gradient64.ts"
import type { Options, Subject } from "../../laws/subject.ts"
import { float64, universalLaws } from "../../laws/universal.ts"
import type { Loss } from "../../losses/loss.ts"
import { arbitraryOf } from "../language/arbitrary.ts"
import { type LossEntry, takesSoftMasks } from "./losses/lossEntry.ts"
import type { PartSpec } from "./part.ts"
import { singleScaleLosses } from "./singleScaleLosses.ts"

/** A loss and all that it claims. */
export interface Claimant {
  readonly subject: Subject
  /** What it was built from, when its options are fixed. */
  readonly spec?: PartSpec
  readonly claims: readonly Claim[]
  /** What the loss claims with other options than its fixed ones, or of all of them together. */
  readonly leftOut?: readonly Claim[]
}

/** The universal laws, agreement with the plain loops where there are some (unless the entry has more to say of
 *  that), and what the entry adds. */
export const allClaims = ({ claims, plain }: LossEntry): readonly Claim[] => {
  const said = new Set(claims.map(({ law }) => law))
  const ofPlain = plain === undefined ? [] : [float64, gradient64].filter((law) => !said.has(law))
  return [...[...universalLaws, ...ofPlain].map(holds), ...claims]
}

/** Whether a loss of the catalogue needs nothing to be verified as a whole, such as a file of a user's. */
export const isSelfContained = (kind: string): boolean => {
  const { options, drawn } = singleScaleLosses[kind]!
  return drawn !== undefined || Object.values(options.fields).every((field) => field.default !== undefined)
}

/** A loss of the catalogue with every option that YAML can express. */
export const claimantOf = (kind: string): Claimant => {
  const entry = singleScaleLosses[kind]!
  return {
    subject: {
      ...common(kind, entry),
      softMask: entry.softMask === true,
      options: drawnOptions(entry),
      build: (options) => entry.build(options) as Loss,
    },
    claims: allClaims(entry),
  }
}

/** A loss with the options of a spec, and those claims that are about these.
 *  @param built from the spec */
export const fixedClaimantOf = (spec: PartSpec, built: Loss): Claimant => {
  const { kind, preset: _, ...options } = spec
  const entry = singleScaleLosses[kind]!
  const isAbout = (claim: Claim) => claim.holds && applies(claim, options)
  const all = allClaims(entry)
  return {
    subject: {
      ...common(kind, entry),
      softMask: takesSoftMasks(entry, options),
      options: fc.constant(options),
      others: () => drawnOptions(entry),
      // Laws that compare options build the loss with others; what is made of a file has none to change.
      build: (changed) => (changed === options ? built : (entry.build(changed) as Loss)),
    },
    spec,
    claims: all.filter(isAbout),
    leftOut: all.filter((claim) => !isAbout(claim)),
  }
}

const drawnOptions = (entry: LossEntry): fc.Arbitrary<Options> => entry.drawn?.() ?? everyOption(entry)

/** All that YAML can express. Values of presets are among those of the fields, so nothing is lost without their names. */
const everyOption = (entry: LossEntry): fc.Arbitrary<Options> =>
  arbitraryOf(entry.options).map((options) => {
    const { preset: _, ...rest } = options as Options
    return rest
  })

const common = (kind: string, { plain }: LossEntry) => ({
  name: kind,
  ...(plain === undefined ? {} : { plain }),
})
