import { upperIncompleteGamma } from "./upperIncompleteGamma.ts"

/** P(Z > z) of a standard normal Z. */
export const normalTail = (z: number): number => {
  const tail = upperIncompleteGamma(0.5, (z * z) / 2) / 2
  return z >= 0 ? tail : 1 - tail
}
