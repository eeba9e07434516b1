import { Effect } from "effect"
import type { Augmentation } from "../augmentations/augmentation.ts"
import type { Dataset } from "../data/dataset/dataset.ts"
import { type Stage, stage } from "./stage.ts"

/** A dataset with the random changes that each training sample goes through; nothing is computed yet. */
export interface Sampler {
  readonly dataset: Dataset
  readonly datasetKey: string
  /** Applied in this order. */
  readonly augmentations: readonly Augmentation[]
}

export const augment = (options: Omit<Sampler, "dataset">): Stage<Dataset, Sampler, never, never> =>
  stage("augment", (dataset) => Effect.succeed({ dataset, ...options }))
