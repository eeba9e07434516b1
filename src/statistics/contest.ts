import { betterName, type Comparison } from "./comparisonFamily.ts"
import { mean } from "./mean.ts"
import type { NamedColumn } from "./namedColumn.ts"

/** What the comparisons say about the column with the best mean. */
export interface Contest {
  /** The column with the best mean, the first of equal ones; null when none has a value. */
  readonly best: string | null
  /** It again, if the corrected test shows it to be better than every other column with values, one at least. */
  readonly winner: string | null
  /** It again, if there are columns with values that it was not compared with: with a baseline and three or more
   *  columns, whenever it is not the baseline itself. */
  readonly notAllCompared: string | null
}

/** Looks for a winner: the best mean alone makes none.
 *  @param columns  @param comparisons of one metric */
export const contestOf = (
  columns: readonly NamedColumn[],
  comparisons: readonly Comparison[],
  smallerIsBetter: boolean,
): Contest => {
  const sign = smallerIsBetter ? -1 : 1
  const means = columns.flatMap(({ name, values }) => {
    const average = mean(values.filter((value) => value !== null))
    return average === null ? [] : [{ name, worth: sign * average }]
  })
  const best = means.toSorted((a, b) => b.worth - a.worth)[0]?.name ?? null
  const others = means.filter(({ name }) => name !== best)
  const withBest = others.map(({ name }) =>
    comparisons.find(({ first, second }) =>
      first === name ? second === best : second === name && first === best,
    ),
  )
  const won = withBest.every((one) => one !== undefined && betterName(one) === best)
  return {
    best,
    winner: withBest.length > 0 && won ? best : null,
    notAllCompared: withBest.includes(undefined) ? best : null,
  }
}
