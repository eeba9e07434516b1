import type { Schedule } from "../transform.ts"

export interface ConstantOptions {
  readonly learningRate: number
}

/** The same learning rate at every step. */
export const constant =
  ({ learningRate }: ConstantOptions): Schedule =>
  () =>
    learningRate
