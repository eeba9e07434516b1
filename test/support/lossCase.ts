import * as tf from "@tensorflow/tfjs-core"
import type { At, Loss } from "../../src/losses/loss.ts"

/** What a loss of one scale takes, as plain numbers in row-major order [B, H, W]. */
export interface LossCase {
  readonly shape: readonly [batch: number, rows: number, columns: number]
  readonly logits: readonly number[]
  /** In {0, 1}. */
  readonly mask: readonly number[]
  /** In {0, 1}. */
  readonly second: readonly number[]
}

/** The start of training. Call inside tf.tidy. */
export const atStart = (): At => ({ progress: tf.scalar(0), key: tf.tensor1d([0, 0], "int32") })

/** [B, H, W, 1]. Call inside tf.tidy. */
export const map = (values: readonly number[], [batch, rows, columns]: LossCase["shape"]): tf.Tensor4D =>
  tf.tensor4d([...values], [batch, rows, columns, 1])

/** Value of a loss. */
export const lossValue = (loss: Loss, { shape, logits, mask, second }: LossCase): number =>
  tf.tidy(
    () =>
      loss(
        map(logits, shape),
        { mask: map(mask, shape), second: map(second, shape) },
        atStart(),
      ).dataSync()[0]!,
  )

/** Value of a loss and its gradient with respect to the logits. */
export const lossValueAndGradient = (
  loss: Loss,
  { shape, logits, mask, second }: LossCase,
): { readonly value: number; readonly gradient: number[] } =>
  tf.tidy(() => {
    const truth = { mask: map(mask, shape), second: map(second, shape) }
    const at = atStart()
    const { value, grad } = tf.valueAndGrad((z: tf.Tensor) => loss(z as tf.Tensor4D, truth, at))(
      map(logits, shape),
    )
    return { value: value.dataSync()[0]!, gradient: [...grad.dataSync()] }
  })

/** One image of one row. */
export const row = (
  logits: readonly number[],
  mask: readonly number[],
  second: readonly number[] = mask,
): LossCase => ({ shape: [1, 1, logits.length], logits, mask, second })

/** A case without what is the same everywhere: each image on its own. */
export const images = ({ shape: [batch, rows, columns], logits, mask, second }: LossCase): LossCase[] => {
  const size = rows * columns
  return Array.from({ length: batch }, (_, i) => {
    const part = (values: readonly number[]) => values.slice(i * size, (i + 1) * size)
    return { shape: [1, rows, columns], logits: part(logits), mask: part(mask), second: part(second) }
  })
}

/** Prediction and both annotations with foreground and background exchanged. */
export const complement = (of: LossCase): LossCase => ({
  shape: of.shape,
  logits: of.logits.map((z) => -z),
  mask: of.mask.map((y) => 1 - y),
  second: of.second.map((n) => 1 - n),
})
