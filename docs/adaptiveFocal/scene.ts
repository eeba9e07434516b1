import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { seedCode } from "../../src/losses/adaptiveFocal.ts"
import { adaptiveGamma } from "../../src/losses/adaptiveGamma.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { certain, duringTraining } from "./paperLosses.ts"

const side = 64
const pixels = Array.from({ length: side * side }, (_, i) => [Math.floor(i / side), i % side] as const)

/** Signed distance of each pixel to a circle, in pixels; negative inside. */
const toCircle = (row: number, column: number, radius: number): readonly number[] =>
  pixels.map(([r, c]) => Math.hypot(r - row, c - column) - radius)

/** The expert's outline, the second annotator's, and one that is wrong. */
const outlines = {
  expert: toCircle(31.5, 31.5, 20),
  second: toCircle(33, 30, 21),
  wrong: toCircle(31.5, 37.5, 20),
}

const isInside = (distance: number): boolean => distance < 0

const maskOf = (outline: keyof typeof outlines): tf.Tensor4D =>
  tf.tensor4d(
    outlines[outline].map((distance) => (isInside(distance) ? 1 : 0)),
    [1, side, side, 1],
  )

/** Predictions by their names on the page: logits that fall by `steepness` per pixel across an outline. */
export const predictions = {
  untrained: { outline: "expert", steepness: 0 },
  "right, unsure": { outline: "expert", steepness: 0.1 },
  "right, sure": { outline: "expert", steepness: 1 },
  "wrong, unsure": { outline: "wrong", steepness: 0.1 },
  "wrong, sure": { outline: "wrong", steepness: 1 },
} as const satisfies Readonly<Record<string, { outline: keyof typeof outlines; steepness: number }>>

export type PredictionName = keyof typeof predictions
export const predictionNames = Object.keys(predictions) as PredictionName[]

const logitsOf = (name: PredictionName): tf.Tensor4D => {
  const { outline, steepness } = predictions[name]
  return tf.tensor4d(
    outlines[outline].map((distance) => -steepness * distance),
    [1, side, side, 1],
  )
}

/** Dice of what a prediction says above p = 0.5. */
export const diceOf = (name: PredictionName): number => {
  const { outline, steepness } = predictions[name]
  const said = outlines[outline].map((distance) => steepness > 0 && isInside(distance))
  const count = (is: (i: number) => boolean) => pixels.filter((_, i) => is(i)).length
  const expert = (i: number) => isInside(outlines.expert[i]!)
  return (2 * count((i) => said[i]! && expert(i))) / (count((i) => said[i]!) + count(expert))
}

/** What a loss says of a prediction: its value, and the Euclidean norm of its gradient by the logits. */
export const valued = (
  loss: Loss,
  prediction: PredictionName,
): { readonly value: number; readonly gradientNorm: number } =>
  duringTraining((at) => {
    const truth = { mask: maskOf("expert"), second: maskOf("second") }
    const { value, grad } = tf.valueAndGrad((z) => loss.apply({}, z as tf.Tensor4D, truth, at))(
      logitsOf(prediction),
    )
    return {
      value: value.dataSync<"float32">()[0]!,
      gradientNorm: tf.norm(grad).dataSync<"float32">()[0]!,
    }
  })

export interface Gamma {
  /** Mean p. */
  readonly predicted: number
  /** Mean of the second annotator's mask. */
  readonly annotated: number
  readonly gamma: number
}

const mean = (x: tf.Tensor): number => tf.mean(x).dataSync<"float32">()[0]!

/** Gamma, as the published code computes it, of each prediction and of two that see one thing everywhere. */
export const gammas = (): readonly (Gamma & { readonly prediction: string })[] =>
  duringTraining(() => {
    const constant = (logit: number) => tf.fill<tf.Rank.R4>([1, side, side, 1], logit)
    const all: readonly (readonly [string, tf.Tensor4D])[] = [
      ...predictionNames.map((name) => [name, logitsOf(name)] as const),
      ["nothing anywhere", constant(-certain)],
      ["gland everywhere", constant(certain)],
    ]
    const second = maskOf("second")
    return all.map(([prediction, logits]) => ({
      prediction,
      predicted: mean(tf.sigmoid(logits)),
      annotated: mean(second),
      gamma: mean(adaptiveGamma(seedCode, logits, maskOf("expert"), second)),
    }))
  })

/** Gamma of every step of the adaptive focal loss in experiments/adaptive.yaml, by `npm run bench -- gamma`. */
export const training: {
  readonly gammas: readonly number[]
  readonly epochs: readonly { readonly loss: number; readonly validationDice: number }[]
} = JSON.parse(readFileSync(new URL("../explanation/gamma-in-training.json", import.meta.url), "utf8"))
