import type { FailureKind } from "./failure.ts"

/** The contract with scripts: see docs/reference/exit-codes.md. 0 is done. */
export const exitCode: Readonly<Record<FailureKind, number>> = {
  usage: 2,
  config: 2,
  data: 3,
  numerics: 4,
  environment: 5,
  check: 6,
  bug: 70,
  interrupted: 75,
}
