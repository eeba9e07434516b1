import type fc from "fast-check"
import type { Loss } from "../losses/loss.ts"
import { differs } from "./differs.ts"
import { startValue } from "./instance.ts"
import { type Law, law } from "./law.ts"
import type { LossCase } from "./lossCase.ts"
import { lossCaseFor } from "./lossCases.ts"
import type { Options, Subject } from "./subject.ts"

/** With certain options a loss is another one, or a multiple of it.
 *  equals({ name: "gammaZeroIsBce", says: "With gamma 0 the loss is alpha times bce.",
 *           set: { gamma: 0 }, other: (o) => ({ loss: bce(), times: o.alpha }) })
 *  @param set   options that are fixed for it; the others stay free
 *  @param cases what it is checked on, when not any case: annotators who agree, for instance */
export const equals = <O>(spec: {
  readonly name: string
  readonly says: string
  readonly set: Partial<O>
  readonly other: (options: O) => {
    readonly loss: Loss
    readonly times?: number
    readonly plus?: number
  }
  readonly cases?: (subject: Subject) => fc.Arbitrary<LossCase>
}): Law => {
  const { name, says, trials } = law<{ of: LossCase }>({
    name: spec.name,
    says: spec.says,
    given: (subject) => ({ of: (spec.cases ?? lossCaseFor)(subject) }),
    check: (instance, { of }) => {
      const { loss, times = 1, plus = 0 } = spec.other(instance.options as O)
      return differs(instance.value(of), times * startValue(loss, of) + plus, "found", "expected")
    },
  })
  const set = (options: Options): Options => ({ ...options, ...spec.set })
  // Set before the loss is built, so that a counterexample shows the options that it is about.
  return { name, says, trials: (subject) => trials({ ...subject, options: subject.options.map(set) }) }
}
