import type { AdaptiveFocalOptions } from "../../losses/adaptiveFocal.ts"
import type { LossCase } from "../lossCase.ts"
import { plainHard } from "./plainHard.ts"
import { mean, sigmoid, softplus } from "./scalar.ts"

const epsilon = 1e-6

/** Mean difficulty and variability that decide the gamma of each image. */
export const plainMeasures = (
  of: LossCase,
  options: AdaptiveFocalOptions,
): { readonly difficulty: number; readonly variability: number }[] => {
  const [batch, rows, columns] = of.shape
  const pixels = rows * columns
  const perPixel = of.logits.map((z, i) => {
    const p = sigmoid(z)
    const differs = of.mask[i] === of.second[i] ? 0 : 1
    const variability = { area: of.second[i]!, disagreement: differs, std: differs / 2 }[options.variability]
    const surprise = (q: number) => (q === 0 ? 0 : -q * Math.log2(q))
    const difficulty = {
      area: 1 - p,
      confidence: 1 - Math.abs(2 * p - 1),
      entropy: surprise(p) + surprise(sigmoid(-z)),
      "mean-loss": softplus(of.mask[i] === 1 ? -z : z),
    }[options.difficulty]
    return { difficulty, variability }
  })
  return Array.from({ length: batch }, (_, image) => {
    const group = options.over === "batch" ? perPixel : perPixel.slice(image * pixels, (image + 1) * pixels)
    return {
      difficulty: mean(group.map(({ difficulty }) => difficulty)),
      variability: mean(group.map(({ variability }) => variability)),
    }
  })
}

/** Gamma of each image. */
export const plainGammas = (of: LossCase, options: AdaptiveFocalOptions): number[] =>
  plainMeasures(of, options).map(({ difficulty, variability }) =>
    Math.min(Math.max(difficulty + variability, options.gammaFloor), options.gammaCeiling),
  )

/** Adaptive focal loss, in float64. @param gammas given apart, so that a test can hold them constant */
export const plainAdaptiveFocal = (
  of: LossCase,
  options: AdaptiveFocalOptions,
  gammas: readonly number[] = plainGammas(of, options),
): number => {
  const pixels = of.shape[1] * of.shape[2]
  const hard = plainHard(of, options.kernel)
  const clip = (p: number) => Math.min(Math.max(p, epsilon), 1 - epsilon)
  let sum = 0
  of.logits.forEach((logit, i) => {
    const gamma = gammas[Math.floor(i / pixels)]!
    const exponent = options.exponent === "adaptive" ? gamma : options.exponent
    const weight = options.regionWeight === "adaptive" ? gamma : options.regionWeight
    const z = options.input === "logits" ? logit : sigmoid(logit)
    const s = of.mask[i] === 1 ? z : -z
    const loss =
      options.form === "logits"
        ? Math.exp(-exponent * softplus(s)) * softplus(-s)
        : -(clip(sigmoid(-s)) ** exponent) * Math.log(clip(sigmoid(s)) + epsilon)
    sum += 0.5 * loss * (hard[i] === 1 ? weight : 1 / weight)
  })
  return sum / of.logits.length
}
