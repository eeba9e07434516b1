import { friedman } from "./friedman.ts"
import type { NamedColumn } from "./namedColumn.ts"

/** p of Friedman's test over the cases that have a value in every column; null without such a case, and below
 *  three columns, where the paired tests say all. */
export const friedmanP = (columns: readonly NamedColumn[]): number | null => {
  if (columns.length < 3) return null
  const rows = columns[0]!.values
    .map((_, i) => columns.map(({ values }) => values[i] ?? null))
    .flatMap((row) => (row.every((value) => value !== null) ? [row] : []))
  return friedman(rows)?.p ?? null
}
