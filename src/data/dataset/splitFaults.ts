import type { Problem } from "../../failure/failure.ts"
import { countOf, isFraction, type Split, type Wanted } from "./wanted.ts"

/** Numbers of patients. */
export interface Pools {
  /** That could train or validate, and are not taken for testing. */
  readonly train: number
  /** That could train or validate; fractions are of these. */
  readonly trainPool: number
  /** That could be tested with; fractions are of these. */
  readonly testPool: number
  /** Whether some of them could do either. */
  readonly shared: boolean
}

/** Where a split asks for more patients than there are, or leaves none to train or test with. */
export const splitFaults = (
  { train, validation, test }: Split,
  pools: Pools,
): readonly (Problem & { readonly path: string })[] => {
  const validated = countOf(validation, pools.trainPool)
  const faults = []
  const summed = [train, validation, ...(pools.shared ? [test] : [])].filter(isFraction)
  const slack = 1e-9
  if (summed.reduce((sum, each) => sum + each, 0) > 1 + slack)
    faults.push({
      message: "the fractions of the split add up to more than 1",
      path: "load.split",
      expected: "at most 1",
      found: summed.join(" + "),
    })
  if (pools.shared && test === "all" && typeof train !== "object")
    faults.push({
      message: "the source has no test group, so `all` would leave nobody to train with",
      path: "load.split.test",
      expected: "a number of patients, a fraction such as 0.2, or a list",
      found: "all",
    })
  else if (train === "all" || isFraction(train)) {
    // A fraction takes no more than validation leaves, so that rounding never asks for too many.
    if (validated >= pools.train)
      faults.push({
        ...tooMany("training"),
        path: "load.split.validation",
        expected: `validation at most ${Math.max(0, pools.train - 1)}, so that one patient is left to train with`,
        found: shown(validation, validated),
      })
  } else if (countOf(train, pools.trainPool) + validated > pools.train)
    faults.push({
      ...tooMany("training"),
      path: "load.split",
      expected: `train + validation at most ${pools.train}`,
      found: `train ${shown(train, countOf(train, pools.trainPool))}, validation ${shown(validation, validated)}`,
    })
  if ((test === "all" ? 1 : countOf(test, pools.testPool)) > pools.testPool)
    faults.push({
      ...tooMany("test"),
      path: "load.split.test",
      expected: `at most ${pools.testPool}`,
      found: test === "all" ? test : shown(test, countOf(test, pools.testPool)),
    })
  return faults
}

const tooMany = (group: string) => ({
  message: `the split asks for more patients than the ${group} group has`,
  fix: "ask for fewer",
})

/** "3"; "3 (0.2 of them)" */
const shown = (wanted: Wanted, count: number): string =>
  isFraction(wanted) ? `${count} (${wanted} of them)` : String(count)
