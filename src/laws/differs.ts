/** Rounding of sums in float32, for numbers of order 1 and for large ones. */
const absolute = 3e-7
const relative = 1e-5

/** How much above another number one may be and still count as no larger. */
export const allowance = (...numbers: readonly number[]): number =>
  absolute + relative * Math.max(...numbers.map(Math.abs))

/** Null when two numbers agree to float32's precision; otherwise a text with both. */
export const differs = (first: number, second: number, firstIs: string, secondIs: string): string | null =>
  Math.abs(first - second) <= allowance(first, second) ? null : `${first} ${firstIs}, ${second} ${secondIs}`
