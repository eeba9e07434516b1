import type { LearnedAdaptiveFocalOptions } from "../../losses/learnedAdaptiveFocal.ts"
import type { LossCase } from "../lossCase.ts"
import { plainAdaptiveFocal, plainMeasures } from "./plainAdaptiveFocal.ts"
import { mean, sigmoid } from "./scalar.ts"

/** The parameters of a learned gamma, as numbers. */
export interface GammaParameters {
  readonly offset: number
  readonly difficulty: number
  readonly variability: number
}

/** Where training starts: gamma is 1 whatever is measured. */
const atFirst = ({ gammaFloor, gammaCeiling }: LearnedAdaptiveFocalOptions): GammaParameters => ({
  offset: Math.log(1 - gammaFloor) - Math.log(gammaCeiling - 1),
  difficulty: 0,
  variability: 0,
})

/** Learned gamma of each image, in float64. */
export const plainLearnedGammas = (
  of: LossCase,
  options: LearnedAdaptiveFocalOptions,
  { offset, difficulty, variability }: GammaParameters = atFirst(options),
): number[] =>
  plainMeasures(of, options).map((measured) => {
    const share = sigmoid(offset + difficulty * measured.difficulty + variability * measured.variability)
    return (1 - share) * options.gammaFloor + share * options.gammaCeiling
  })

/** Adaptive focal loss with a learned gamma and the penalty that holds it, in float64. */
export const plainLearnedAdaptiveFocal = (
  of: LossCase,
  options: LearnedAdaptiveFocalOptions,
  parameters?: GammaParameters,
): number => {
  const gammas = plainLearnedGammas(of, options, parameters)
  const penalty = mean(gammas.map((gamma) => Math.log(gamma) ** 2))
  return plainAdaptiveFocal(of, options, gammas) + options.gammaPenalty * penalty
}
