import { annotatorMutants } from "./annotatorMutants.ts"
import { distanceMutants } from "./distanceMutants.ts"
import type { Mutant } from "./mutant.ts"
import { pointwiseMutants } from "./pointwiseMutants.ts"
import { regionMutants } from "./regionMutants.ts"

/** Losses with a deliberate fault: each must be noticed by a law that the loss claims or by the reference. */
export const mutants: readonly Mutant[] = [
  ...pointwiseMutants,
  ...annotatorMutants,
  ...regionMutants,
  ...distanceMutants,
]
