/** The value that would stand at place k if the values were sorted, in time proportional to their number on average.
 *  Rearranges them: afterwards none before place k is larger than it, and none after it smaller.
 *  @param values without NaN
 *  @param k in 0 .. length - 1
 *  Source: Hoare 1961, Algorithm 65: Find. */
export const orderStatistic = (values: Float64Array, k: number): number => {
  let first = 0
  let last = values.length - 1
  while (first < last) {
    const pivot = values[k]
    let i = first
    let j = last
    while (i <= j) {
      while (values[i] < pivot) i++
      while (pivot < values[j]) j--
      if (i > j) break
      const swapped = values[i]
      values[i++] = values[j]
      values[j--] = swapped
    }
    if (j < k) first = i
    if (k < i) last = j
  }
  return values[k]
}
