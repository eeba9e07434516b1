import type { Dataset } from "../../data/dataset/dataset.ts"
import { confusion } from "../../metrics/confusion.ts"
import { dice } from "../../metrics/dice.ts"
import { mean } from "../../statistics/mean.ts"
import { probabilitiesOf } from "../probabilities.ts"

/** Mean Dice over the validation slices with foreground, p >= 0.5, at the training size; null when there are none. */
export const validationDice = async (
  network: Parameters<typeof probabilitiesOf>[0],
  { rows, columns, validation }: Dataset,
  options: { readonly batchSize: number; readonly signal: AbortSignal },
): Promise<number | null> => {
  const probabilities = await probabilitiesOf(network, validation.images, { rows, columns }, options)
  const pixels = rows * columns
  const shape = [rows, columns]
  const values: number[] = []
  for (let i = 0; i < validation.count; i++) {
    const reference = validation.masks.subarray(i * pixels, (i + 1) * pixels)
    if (!reference.includes(1)) continue
    const prediction = Uint8Array.from(
      probabilities.subarray(i * pixels, (i + 1) * pixels),
      (p) => +(p >= 0.5),
    )
    // A slice with foreground always has a Dice.
    values.push(dice(confusion({ shape, data: prediction }, { shape, data: reference }))!)
  }
  return mean(values)
}
