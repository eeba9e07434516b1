import type { Problem } from "../../failure/failure.ts"

/** Problems of one sort in one place beyond these are counted, not told. */
const mostTold = 20

/** The problems of what is wrong, the first of them in full.
 *  @param where "in column `agBce`" */
export const told = <A>(
  file: string,
  where: string,
  wrong: readonly A[],
  tell: (one: A) => Omit<Problem, "file">,
): Problem[] => [
  ...wrong.slice(0, mostTold).map((one) => ({ file, ...tell(one) })),
  ...(wrong.length > mostTold
    ? [{ file, message: `${wrong.length - mostTold} more such problems ${where}` }]
    : []),
]
