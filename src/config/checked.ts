import { either as E, readonlyArray as RA } from "fp-ts"
import type { Problem } from "../failure/failure.ts"

/** A value, or everything that is wrong with it. */
export type Checked<A> = E.Either<readonly Problem[], A>

/** All values, or the problems of all that have some. */
export const allOf = <A>(results: readonly Checked<A>[]): Checked<readonly A[]> => {
  const { left, right } = RA.separate(results)
  return left.length > 0 ? E.left(left.flat()) : E.right(right)
}
