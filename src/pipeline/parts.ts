import type { Augmentation } from "../augmentations/augmentation.ts"
import { buildAugmentation } from "../config/catalog/augmentations.ts"
import { buildIntensity } from "../config/catalog/intensities.ts"
import { buildObjective } from "../config/catalog/losses.ts"
import { buildModel } from "../config/catalog/models.ts"
import { buildOptimizer } from "../config/catalog/optimizers.ts"
import type { Part } from "../config/catalog/part.ts"
import { buildResize } from "../config/catalog/resizes.ts"
import { buildSchedule } from "../config/catalog/schedules.ts"
import { buildSource } from "../config/catalog/sources.ts"
import type { CellSpec, SplitSpec } from "../config/experiment/cellSpec.ts"
import type { Resize } from "../data/dataset/fit.ts"
import type { SplitRule } from "../data/dataset/split.ts"
import { readSplitFile } from "../data/dataset/splitFile.ts"
import type { Source } from "../data/sources/source.ts"
import type { Objective } from "../losses/objective.ts"
import type { Model } from "../models/model.ts"
import type { Schedule, Transform } from "../optimizers/transform.ts"

/** Everything that a cell's YAML names, built. */
export interface CellParts {
  readonly source: Part<Source>
  readonly split: Part<SplitRule>
  readonly resize: Part<Resize>
  readonly intensity: Part<(voxels: Float32Array) => Float32Array>
  readonly augmentations: readonly Part<Augmentation>[]
  readonly model: Part<Model>
  readonly objective: Part<Objective>
  readonly optimizer: Part<Transform>
  readonly schedule: Part<Schedule>
}

/** Builds the parts of a cell. Throws Failure("config") when a split file or a module of the user's cannot be used. */
export const buildParts = async (spec: CellSpec): Promise<CellParts> => ({
  source: buildSource(spec.load.source),
  split: await buildSplit(spec.load.split),
  resize: buildResize(spec.load.resize),
  intensity: buildIntensity(spec.load.intensity),
  augmentations: spec.augment.map(buildAugmentation),
  model: buildModel(spec.train.model),
  objective: await buildObjective(spec.train.loss),
  optimizer: buildOptimizer(spec.train.optimizer),
  schedule: buildSchedule(spec.train.schedule),
})

/** The spec of a split holds what its file says: where the file lies, and how it is written, does not matter. */
const buildSplit = async ({ file, ...split }: SplitSpec): Promise<Part<SplitRule>> => {
  const table = file === null ? null : await readSplitFile(file)
  const placed = table === null ? null : table.placements.map(({ by, name, split }) => [by, name, split])
  return { spec: { ...split, file: placed }, value: { ...split, table }, sources: [] }
}
