import fc from "fast-check"
import { rootKey } from "../tensor/randomKey.ts"
import { differs } from "./differs.ts"
import { law } from "./law.ts"
import type { LossCase } from "./lossCase.ts"
import { lossCaseFor } from "./lossCases.ts"
import { sigmoid } from "./plain/scalar.ts"

export const linearInProbability = law<{ of: LossCase; otherSeed: number }>({
  name: "linearInProbability",
  says: "Of probabilities half-way between two predictions, the loss is half-way between theirs.",
  given: (subject) => ({ of: lossCaseFor(subject), otherSeed: fc.nat(999) }),
  check: (loss, { of, otherSeed }) => {
    const draws = rootKey(otherSeed).draws()
    const other = { ...of, logits: of.logits.map(() => draws.between(-8, 8)) }
    const between = of.logits.map((z, i) => (sigmoid(z) + sigmoid(other.logits[i]!)) / 2)
    const half = { ...of, logits: between.map((p) => Math.log(p / (1 - p))) }
    return differs(
      loss.value(half),
      (loss.value(of) + loss.value(other)) / 2,
      "half-way",
      "the mean of the two",
    )
  },
})
