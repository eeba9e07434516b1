/** Ranks from 1 (smallest); equal values share the mean of their ranks, so a rank is a multiple of 1/2. */
export const midRanks = (values: readonly number[]): number[] => {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!)
  const ranks = new Array<number>(values.length)
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2
  }
  return ranks
}
