/** What one method scores: a value per case, in the order of the other columns; null is missing. */
export interface NamedColumn {
  readonly name: string
  readonly values: readonly (number | null)[]
}
