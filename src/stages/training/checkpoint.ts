import { Context } from "effect"
import type { Epoch } from "./history.ts"
import type { NamedArrays } from "./trainState.ts"

/** The best epoch so far, when its weights are kept. */
export interface Best {
  readonly epoch: number
  readonly validationDice: number
  readonly weights: NamedArrays
}

/** Where training stood at the end of an epoch: enough to go on as if nothing had happened. */
export interface Checkpoint {
  /** The whole train state: parameters, moments, optimizer slots. */
  readonly state: NamedArrays
  readonly epochs: readonly Epoch[]
  readonly gradientNormAtStart: number
  readonly best: Best | null
}

export interface CheckpointFile {
  readonly read: () => Promise<Checkpoint | undefined>
  readonly write: (checkpoint: Checkpoint) => Promise<void>
}

/** The one checkpoint of the training at hand. */
export class Checkpoints extends Context.Service<Checkpoints, CheckpointFile>()(
  "losslab/stages/Checkpoints",
) {}
