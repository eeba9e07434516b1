import { normalTail } from "./normalTail.ts"
import { signedRanks } from "./signedRanks.ts"

/** Up to this many differences other than zero, p is exact. */
export const exactUpTo = 200

/** P(sum of the positive ranks <= statistic) when every sign is a fair coin.
 *  @param doubled twice the ranks, and twice the statistic: mid-ranks are multiples of 1/2, so these are integers */
const exactLowerTail = (doubled: readonly number[], statistic: number): number => {
  const probability = new Float64Array(statistic + 1) // of each sum; larger ones are not needed
  probability[0] = 1
  let largest = 0
  for (const rank of doubled) {
    largest = Math.min(largest + rank, statistic)
    for (let sum = largest; sum >= 0; sum--)
      probability[sum] = (probability[sum]! + (sum < rank ? 0 : probability[sum - rank]!)) / 2
  }
  return probability.reduce((total, p) => total + p, 0)
}

/** Two-sided Wilcoxon signed-rank test of differences being symmetric around zero.
 *  Exact with ties: the permutation distribution of the signed mid-ranks, by dynamic programming. Zeros are
 *  dropped (Wilcoxon's rule; Pratt's would rank them first). Above `exactUpTo` differences: the normal
 *  approximation, its variance corrected for ties, no continuity correction.
 *  @returns p in (0, 1]; 1 when no difference is left
 *  Deviation: scipy's exact method ignores ties; without ties the two agree. */
export const wilcoxonSignedRank = (differences: readonly number[]): number => {
  const { ranks, positive, negative } = signedRanks(differences)
  const smaller = Math.min(positive, negative)
  if (ranks.length <= exactUpTo) {
    const doubled = ranks.map((rank) => 2 * rank)
    return Math.min(1, 2 * exactLowerTail(doubled, 2 * smaller))
  }
  const expected = (positive + negative) / 2
  // Each rank is counted or not with probability 1/2; with mid-ranks this holds the correction for ties.
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4
  return Math.min(1, 2 * normalTail((expected - smaller) / Math.sqrt(variance)))
}
