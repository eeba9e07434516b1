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
  /** Share of the steps' time, in [0, 1], in which the engine had nothing to do because the next batch was not ready
   *  or on its way to it. */
  readonly waitingShare: number
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
