/** One epoch of training as it is written to loss.csv and shown in the report. */
export interface Epoch {
  /** One-based. */
  readonly epoch: number
  /** Mean training loss over the epoch's steps. */
  readonly loss: number
  /** Mean Dice over the validation slices with foreground, at the training size; null without validation patients. */
  readonly validationDice: number | null
  readonly learningRate: number
  readonly imagesPerSecond: number
  readonly elapsedSeconds: number
}

export interface History {
  readonly epochs: readonly Epoch[]
  /** One-based epoch whose weights were kept. */
  readonly keptEpoch: number
  /** Global norm of the gradient at the first step, before clipping: one learning rate means different
   *  things to losses of different scale, and this number says how different. */
  readonly gradientNormAtStart: number
  readonly parameterCount: number
}
