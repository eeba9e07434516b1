import { midRanks } from "./midRanks.ts"

/** Ranks of the sizes of the differences, split by sign. */
export interface SignedRanks {
  /** Mid-ranks of |difference| over the differences that are not zero, in their order. */
  readonly ranks: readonly number[]
  /** Sum of the ranks of the positive differences, and of the negative ones. */
  readonly positive: number
  readonly negative: number
}

/** Signed mid-ranks by Wilcoxon's rule: differences of zero are dropped before ranking. Sizes tie when they are the
 *  same number (pairedDifferences rounds off what arithmetic added). */
export const signedRanks = (differences: readonly number[]): SignedRanks => {
  const nonZero = differences.filter((difference) => difference !== 0)
  const ranks = midRanks(nonZero.map(Math.abs))
  const positive = ranks.reduce((sum, rank, i) => (nonZero[i]! > 0 ? sum + rank : sum), 0)
  return { ranks, positive, negative: (ranks.length * (ranks.length + 1)) / 2 - positive }
}
