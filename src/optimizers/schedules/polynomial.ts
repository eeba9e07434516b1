import type { Schedule } from "../transform.ts"

export interface PolynomialOptions {
  /** Learning rate of the first step. */
  readonly learningRate: number
  readonly power?: number
}

/** learningRate * (1 - step / steps)^power: falls to almost 0 at the last step.
 *  MicroSegNet (power 0.9) sets the rate after each step from the counter before it, so that its first two steps
 *  both run at the full rate and every later one is a step behind ours. */
export const polynomial =
  ({ learningRate, power = 0.9 }: PolynomialOptions): Schedule =>
  (step, steps) =>
    learningRate * (1 - step / steps) ** power
