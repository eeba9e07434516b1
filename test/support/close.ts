import { expect } from "vitest"

export interface Tolerance {
  readonly absolute?: number
  /** Of the expected number's size. */
  readonly relative?: number
}

/** Fails unless every number is within absolute + relative |expected| of the one it should be; NaN never is. */
export const expectClose = (
  actual: number | ArrayLike<number>,
  expected: number | ArrayLike<number>,
  { absolute = 0, relative = 0 }: Tolerance,
): void => {
  const found = typeof actual === "number" ? [actual] : Array.from(actual)
  const wanted = typeof expected === "number" ? [expected] : Array.from(expected)
  expect(found.length, "number of values").toBe(wanted.length)
  const far = found.flatMap((value, i) => {
    const allowed = absolute + relative * Math.abs(wanted[i]!)
    return Math.abs(value - wanted[i]!) <= allowed
      ? []
      : [`[${i}]: ${value} is not within ${allowed} of ${wanted[i]}`]
  })
  expect(far).toEqual([])
}
