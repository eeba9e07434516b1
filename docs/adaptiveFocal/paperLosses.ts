import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { adaptiveFocal, seedCode } from "../../src/losses/adaptiveFocal.ts"
import { agBce } from "../../src/losses/agBce.ts"
import { bce } from "../../src/losses/bce.ts"
import type { At, Loss } from "../../src/losses/loss.ts"
import { pyTorchFocal } from "../../src/losses/pyTorchFocal.ts"

/** The paper's losses as it used them, with two to hold them against. */
export const losses = {
  bce: bce(),
  pyTorchFocal: pyTorchFocal({ alpha: 0.25, gamma: 2, input: "logits" }),
  asTrained: pyTorchFocal({ alpha: 0.25, gamma: 2, input: "probabilities-as-logits" }),
  agBce: agBce({ kernel: 4, hardWeight: 4, form: "reference" }),
  adaptiveFocal: adaptiveFocal({ ...seedCode, kernel: 4 }),
} as const satisfies Readonly<Record<string, Loss>>

export type LossName = keyof typeof losses
export const lossNames = Object.keys(losses) as LossName[]

/** Their names on the page. */
export const lossTitles: Readonly<Record<LossName, string>> = {
  bce: "`bce`",
  pyTorchFocal: "`pyTorchFocal`",
  asTrained: "`pyTorchFocal`, as trained",
  agBce: "`agBce`",
  adaptiveFocal: "`adaptiveFocal`",
}

/** Scales whose losses MicroSegNet, and so Table 1, adds up. */
export const scales = 4

/** A logit at which float32's sigmoid is 0 or 1. */
export const certain = 200

/** Calls a function with a point in training, and frees the tensors that it made. */
export const duringTraining = <A>(compute: (at: At) => A): A => {
  tf.engine().startScope()
  try {
    return compute({ progress: tf.scalar(0.5), key: tf.tensor1d([1, 2], "int32") })
  } finally {
    tf.engine().endScope()
  }
}

/** Loss and its derivative by the logit, of one pixel about which two annotators agree. */
export const pixelLoss = (
  loss: Loss,
  logit: number,
  foreground: boolean,
): { readonly value: number; readonly slope: number } =>
  duringTraining((at) => {
    const mask = tf.fill<tf.Rank.R4>([1, 1, 1, 1], foreground ? 1 : 0)
    const { value, grad } = tf.valueAndGrad((z) =>
      loss.apply({}, z as tf.Tensor4D, { mask, second: mask }, at),
    )(tf.fill([1, 1, 1, 1], logit))
    return { value: value.dataSync<"float32">()[0]!, slope: grad.dataSync<"float32">()[0]! }
  })

const rowsOf = (file: string): readonly (readonly number[])[] =>
  readFileSync(new URL(`../../test/fixtures/${file}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number))

/** The paper's Table 1: training loss by epoch. */
export const table1 = rowsOf("table1.csv").map(([epoch, adaptive, focal, guided]) => ({
  epoch: epoch!,
  adaptiveFocal: adaptive!,
  asTrained: focal!,
  agBce: guided!,
}))

/** Mean Dice over the cases of the paper's Table 2. */
export const table2Dice = { adaptiveFocal: meanColumn(1), asTrained: meanColumn(3), agBce: meanColumn(5) }

function meanColumn(column: number): number {
  const rows = rowsOf("table2.csv")
  return rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length
}
