import {
  constantWeight,
  cosineWeight,
  linearWeight,
  type Ramp,
  type Steps,
  stairsWeight,
  stepWeight,
  type WeightSchedule,
} from "../../losses/weightSchedule.ts"
import type { Description, NumberDescription, RecordFault } from "../language/description.ts"
import { type Catalog, entry } from "./entry.ts"

const sources = ["losses/weightSchedule.ts"]

const weight = (doc: string): NumberDescription => ({ tag: "number", doc, minimum: 0, maximum: 1000 })

const share = (doc: string, value: number): NumberDescription => ({
  tag: "number",
  doc: `${doc}, as a share of all steps: with 10 epochs, epoch 3 begins at 0.2.`,
  minimum: 0,
  maximum: 1,
  default: value,
})

const ramp = {
  from: weight("The weight at first."),
  to: weight("The weight in the end."),
  start: share("When it begins to change", 0),
  end: share("When it has changed", 1),
}

const rampFault = ({ start, end }: Ramp): RecordFault | null =>
  start < end
    ? null
    : {
        path: "end",
        message: "the weight has changed before it begins to",
        expected: `more than start, ${start}`,
        found: `${end}`,
        fix: "give a start before the end; for a change at once use the kind step",
      }

interface LinearOptions extends Ramp {
  readonly stairs: number | null
}

const stairs: Description = {
  tag: "anyOf",
  doc: "Number of equal stairs in which the weight changes, first and last weight included; null: at every step.",
  options: [{ tag: "integer", doc: "Stairs.", minimum: 2, maximum: 100_000 }],
  default: null,
}

const stepFault = ({ values, at }: Steps): RecordFault | null => {
  if (values.length !== at.length + 1)
    return {
      path: "values",
      message: `${values.length} weights for ${at.length} changes`,
      fix: "give one weight more than changes: the first holds from the beginning",
    }
  const early = at.findIndex((share, i) => i > 0 && share <= at[i - 1]!)
  return early < 0
    ? null
    : {
        path: `at.${early}`,
        message: "the changes are not in order",
        expected: `more than ${at[early - 1]}`,
        found: `${at[early]}`,
        fix: "list them in rising order, each once",
      }
}

/** How the weight of a loss follows the training. */
export const weightScheduleCatalog: Catalog<WeightSchedule> = {
  constant: entry<{ readonly value: number }, WeightSchedule>({
    doc: "The same weight at every step.",
    fields: { value: weight("The weight.") },
    sources,
    build: ({ value }) => constantWeight(value),
  }),
  linear: entry<LinearOptions, WeightSchedule>({
    doc: "From one weight to another on a straight line.",
    fields: { ...ramp, stairs },
    check: rampFault,
    sources,
    build: ({ stairs, ...ramp }) => (stairs === null ? linearWeight(ramp) : stairsWeight(ramp, stairs)),
  }),
  cosine: entry<Ramp, WeightSchedule>({
    doc: "From one weight to another on half a cosine, level at both ends.",
    fields: ramp,
    check: rampFault,
    sources,
    build: cosineWeight,
  }),
  step: entry<Steps, WeightSchedule>({
    doc: "One weight after the other.",
    fields: {
      values: {
        tag: "list",
        doc: "The weights, one more than changes: the first holds from the beginning.",
        item: weight("A weight."),
        minItems: 1,
        maxItems: 1000,
      },
      at: {
        tag: "list",
        doc: "When each further weight begins, as a share of all steps: with 10 epochs, epoch 3 begins at 0.2.",
        item: { tag: "number", doc: "A share.", exclusiveMinimum: 0, maximum: 1 },
        maxItems: 999,
      },
    },
    check: stepFault,
    sources,
    build: stepWeight,
  }),
}
