import { signedRanks } from "./signedRanks.ts"

/** Matched-pairs rank-biserial correlation, the effect size that goes with Wilcoxon's signed-rank test:
 *  (W+ - W-) / (W+ + W-), the sums of the ranks of the positive and negative differences.
 *  @returns in [-1, 1]; 1 when every difference is positive, 0 when no difference is other than zero
 *  Source: Kerby 2014, the simple difference formula. */
export const rankBiserial = (differences: readonly number[]): number => {
  const { positive, negative } = signedRanks(differences)
  return positive + negative === 0 ? 0 : (positive - negative) / (positive + negative)
}
