import type fc from "fast-check"
import type { Loss } from "../losses/loss.ts"
import type { LossCase } from "./lossCase.ts"

/** Options of a loss, canonical: every default filled in, without `kind`. */
export type Options = Readonly<Record<string, unknown>>

/** A loss implemented a second time, with plain loops in float64. */
export type Plain = (of: LossCase, options: never) => number

/** What laws are checked on: a loss with all the options that it can be given, or with some that are fixed. */
export interface Subject {
  readonly name: string
  readonly options: fc.Arbitrary<Options>
  /** What `options` are compared with by laws about an option, where these are fixed; else `options` themselves. */
  readonly others?: () => fc.Arbitrary<Options>
  readonly build: (options: Options) => Loss
  readonly plain?: Plain
  /** Whether masks may lie anywhere in [0, 1]. */
  readonly softMask: boolean
}
