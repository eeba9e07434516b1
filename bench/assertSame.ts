/** Throws when two programs do not compute the same: a ratio of their times would mean nothing.
 *  @param tolerance share of the other program's number */
export const assertSame = (
  name: string,
  what: string,
  ours: number,
  theirs: number,
  tolerance: number,
): void => {
  if (Math.abs(ours - theirs) <= tolerance * Math.abs(theirs)) return
  throw new Error(`${name}: the ${what} is ${ours}, by the other program ${theirs}`)
}
