import { differs } from "./differs.ts"
import { law } from "./law.ts"
import { complement, type LossCase } from "./lossCase.ts"
import { decidedLogit, lossCase } from "./lossCases.ts"

/** For losses that cut probabilities at 1/2. */
export const complementaryOffHalf = law<{ of: LossCase }>({
  name: "complementaryOffHalf",
  says: "The loss stays the same when foreground and background are exchanged, where no probability is 1/2.",
  given: () => ({ of: lossCase(decidedLogit) }),
  check: (loss, { of }) => differs(loss.value(of), loss.value(complement(of)), "as it is", "exchanged"),
})
