import type fc from "fast-check"
import type { Claim } from "../../../laws/claim.ts"
import type { LossCase } from "../../../laws/lossCase.ts"
import type { Options, Plain } from "../../../laws/subject.ts"
import type { Loss } from "../../../losses/loss.ts"
import { type Entry, entry } from "../entry.ts"

/** What the reference page says of a loss beside its options and laws. */
export interface LossWords {
  /** In readable text, a line each; p = sigmoid(z), z the logit, y the mask, p_t = y p + (1 - y)(1 - p). */
  readonly formula: readonly string[]
  /** Who published it, and where ours departs from it. */
  readonly source: string
  readonly useWhen: string
  /** Negative values, vanishing gradients, degenerate masks, cost. */
  readonly problems: readonly string[]
}

/** A loss of one scale that YAML can name. A promise when a file of the user's must be loaded for it. */
export interface LossEntry extends Entry<Loss | Promise<Loss>> {
  readonly words: LossWords
  /** Whether masks may lie anywhere in [0, 1]: smoothed labels, several annotators; with which options, if it
   *  depends on these. */
  readonly softMask: boolean | ((options: never) => boolean)
  /** What it claims beside the universal laws. */
  readonly claims: readonly Claim[]
  /** The same with plain loops in float64; none for what is made of other losses, or of a user's file. */
  readonly plain?: Plain
  /** The options that laws are checked with, in place of everything that YAML can express. */
  readonly drawn?: () => fc.Arbitrary<Options>
  /** Whether it reads values of tensors, so that its training step cannot be compiled. */
  readonly readsValues?: true
}

/** Whether a loss with certain options takes masks anywhere in [0, 1]. */
export const takesSoftMasks = ({ softMask }: LossEntry, options: Options): boolean =>
  typeof softMask === "boolean" ? softMask : softMask(options as never)

/** A loss whose options are exactly O. */
export const lossEntry = <O extends object>(
  spec: Parameters<typeof entry<O, Loss | Promise<Loss>>>[0] & {
    readonly words: LossWords
    readonly softMask: boolean | ((options: O) => boolean)
    readonly claims: readonly Claim[]
    readonly plain?: (of: LossCase, options: O) => number
    readonly drawn?: () => fc.Arbitrary<O>
    readonly readsValues?: true
  },
): LossEntry => {
  const { words, softMask, claims, plain, drawn, readsValues } = spec
  return {
    ...entry<O, Loss | Promise<Loss>>(spec),
    words,
    softMask: softMask as LossEntry["softMask"],
    claims,
    ...(plain === undefined ? {} : { plain: plain as Plain }),
    ...(drawn === undefined ? {} : { drawn: drawn as () => fc.Arbitrary<Options> }),
    ...(readsValues && { readsValues }),
  }
}
