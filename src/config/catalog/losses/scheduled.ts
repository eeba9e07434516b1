import fc from "fast-check"
import { plainWeight } from "../../../laws/plain/plainWeight.ts"
import { scheduled } from "../../../losses/scheduled.ts"
import { arbitraryOf } from "../../language/arbitrary.ts"
import { buildPart } from "../buildPart.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { sumOf } from "../sumOf.ts"
import { weightScheduleCatalog } from "../weightSchedules.ts"
import { composedClaim, derivedClaims, keptBySums } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"

interface ScheduledOptions {
  readonly loss: PartSpec
  readonly weight: PartSpec
}

const weight = sumOf("weight schedule", "How the weight follows the training.", weightScheduleCatalog)

export const scheduledEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<ScheduledOptions>({
    doc: "A loss times a weight that follows the training.",
    fields: { loss: nested.description("The loss."), weight },
    words: {
      formula: [
        "w(t) L, t = the share of all steps that is done: step i of n stands at i / n",
        "constant: w = value",
        "linear: w = from + (to - from) s, s = (t - start) / (end - start) clipped to [0, 1]; with stairs = k: from + (to - from) min(floor(k s), k - 1) / (k - 1)",
        "cosine: w = from + (to - from) (1 - cos(pi s)) / 2",
        "step: w = values[i], i = how many of `at` are at most t",
      ],
      source:
        "Kervadec et al. 2019 raise the boundary loss's weight by 0.01 an epoch, while the region loss's falls: linear, with as many stairs as epochs.",
      useWhen: "To begin with an overlap or a cross-entropy and to end with a distance.",
      problems: [
        "The value of the loss changes with the weight: values of different epochs do not compare.",
        "Shares are of all steps: with another number of epochs the weights of an epoch are others.",
      ],
    },
    softMask: ({ loss }) => nested.softMask(loss),
    claims: [
      ...derivedClaims(nested, keptBySums),
      composedClaim<ScheduledOptions>(nested, {
        name: "weightTimesLoss",
        says: "The loss is the weight of the moment times the loss that it weighs.",
        expected: ({ loss, weight }, of, value) => plainWeight(weight, of.progress ?? 0) * value(loss, of),
      }),
    ],
    drawn: () =>
      fc.record({
        loss: nested.drawn(),
        weight: (arbitraryOf(weight) as fc.Arbitrary<PartSpec>).map(small),
      }),
    sources: ["losses/scheduled.ts", "losses/weightSchedule.ts"],
    build: ({ loss, weight }) =>
      nested.combine([loss], ([one]) => scheduled(one!, buildPart(weightScheduleCatalog, weight).value)),
  })

/** Weights up to 2: a large one would make an error of what is the rounding of the loss. */
const small = (weight: PartSpec): PartSpec => {
  const scaled = (value: unknown) => (typeof value === "number" ? value / 500 : value)
  const { from, to, value, values } = weight
  return {
    ...weight,
    ...(from === undefined ? {} : { from: scaled(from), to: scaled(to) }),
    ...(value === undefined ? {} : { value: scaled(value) }),
    ...(values === undefined ? {} : { values: (values as readonly number[]).map(scaled) }),
  } as PartSpec
}
