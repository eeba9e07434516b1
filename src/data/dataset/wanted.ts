/** What one split asks for: so many patients; below 1, a fraction of those that it could have; all that the others
 *  leave; or the patients that are named. */
export type Wanted = number | "all" | readonly string[]

/** A type, since an interface is not taken for JSON, which keys are made of. */
export type Split = {
  readonly train: Wanted
  readonly validation: Exclude<Wanted, "all">
  readonly test: Wanted
}

export const isFraction = (wanted: Wanted): wanted is number =>
  typeof wanted === "number" && wanted > 0 && wanted < 1

/** How many patients are wanted; a fraction is rounded, to at least one.
 *  @param pool how many there are that the split could have */
export const countOf = (wanted: number | readonly string[], pool: number): number => {
  if (typeof wanted === "object") return wanted.length
  return isFraction(wanted) ? Math.max(1, Math.round(wanted * pool)) : wanted
}
