import { mean } from "../../statistics/mean.ts"
import type { Epoch } from "../training/history.ts"
import type { Method } from "./methods.ts"

export interface CurvePoint {
  readonly epoch: number
  /** Over the runs that have a value; null where none has. */
  readonly mean: number | null
}

/** A value of each epoch, averaged over a method's runs. */
export const curveOf = ({ runs }: Method, of: (epoch: Epoch) => number | null): CurvePoint[] => {
  const all = runs.flatMap(({ outcome }) => outcome.history.epochs)
  const epochs = [...new Set(all.map(({ epoch }) => epoch))].toSorted((a, b) => a - b)
  return epochs.map((epoch) => ({
    epoch,
    mean: mean(all.flatMap((one) => (one.epoch === epoch ? (of(one) ?? []) : []))),
  }))
}

/** Norm of the gradient at step 0, averaged over a method's runs; null without a run. */
export const gradientNormOf = ({ runs }: Method): number | null =>
  mean(runs.map(({ outcome }) => outcome.history.gradientNormAtStart))
