import { allowance, differs } from "./differs.ts"
import type { Instance } from "./instance.ts"
import { type Law, law } from "./law.ts"
import type { LossCase } from "./lossCase.ts"
import { extremeLogit, lossCaseFor } from "./lossCases.ts"

/** A number, or one that depends on the options and the case. */
type Bound = number | ((options: never, of: LossCase) => number)

const boundOf = (bound: Bound, { options }: Instance, of: LossCase): number =>
  typeof bound === "number" ? bound : bound(options as never, of)

/** @param says what the bound is, in words: "0", "the mean of the negative distances" */
export const atLeast = (name: string, says: string, bound: Bound): Law =>
  law<{ of: LossCase }>({
    name,
    says: `The loss is at least ${says}.`,
    given: (subject) => ({ of: lossCaseFor(subject, extremeLogit) }),
    check: (loss, { of }) => {
      const [value, least] = [loss.value(of), boundOf(bound, loss, of)]
      return value >= least - allowance(least) ? null : `${value} is less than ${least}`
    },
  })

export const atMost = (name: string, says: string, bound: Bound): Law =>
  law<{ of: LossCase }>({
    name,
    says: `The loss is at most ${says}.`,
    given: (subject) => ({ of: lossCaseFor(subject, extremeLogit) }),
    check: (loss, { of }) => {
      const [value, most] = [loss.value(of), boundOf(bound, loss, of)]
      return value <= most + allowance(most) ? null : `${value} is more than ${most}`
    },
  })

/** Not below zero, so that it may be divided by a trained variance (uncertaintySum). Exactly: no rounding allowed. */
export const nonNegative: Law = law<{ of: LossCase }>({
  name: "nonNegative",
  says: "The loss is never negative.",
  given: (subject) => ({ of: lossCaseFor(subject, extremeLogit) }),
  check: (loss, { of }) => {
    const value = loss.value(of)
    return value >= 0 ? null : `${value} is negative`
  },
})

export const atMostOne = atMost("atMostOne", "1", 1)

/** The prediction that a hard mask asks for, as certain as a logit of this size. */
const perfect = (of: LossCase, size: number): LossCase => ({
  ...of,
  logits: of.mask.map((y) => (y === 1 ? size : -size)),
})

/** @param says the cost, in words */
export const perfectCosts = (name: string, says: string, cost: Bound): Law =>
  law<{ of: LossCase }>({
    name,
    says: `A certain and right prediction costs ${says}, also where the mask is empty or full.`,
    given: () => ({ of: lossCaseFor({ softMask: false }) }),
    check: (loss, { of }) => {
      const right = perfect(of, 1e3)
      return differs(loss.value(right), boundOf(cost, loss, right), "found", "expected")
    },
  })

export const perfectIsFree = perfectCosts("perfectIsFree", "0", 0)
