/** The candidate that `word` was most likely meant to be, ignoring case; undefined when none is close or two
 *  are equally close. Close is at most 3 slips, and at most one per three letters. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  const ranked = candidates
    .map((candidate) => ({ candidate, slips: slipsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, slips }) => slips <= Math.min(3, Math.max(word.length, candidate.length) / 3))
    .sort((a, b) => a.slips - b.slips)
  const [best, second] = ranked
  return best?.slips === second?.slips ? undefined : best?.candidate
}

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, replacements and swaps of
 *  neighbours. Infinity when the lengths alone differ by more than 3. */
const slipsBetween = (a: string, b: string): number => {
  if (Math.abs(a.length - b.length) > 3) return Infinity
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)] // rows[i][j]: a's first i against b's first j
  for (let i = 1; i <= a.length; i++) {
    const above = rows[i - 1]!
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity
      row.push(Math.min(replaced, swapped, above[j]! + 1, row[j - 1]! + 1))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
