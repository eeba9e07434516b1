import { pipe } from "effect"
import type { CellSpec } from "../config/experiment/cellSpec.ts"
import { encodeRecipe, recipeKey } from "../config/experiment/recipe.ts"
import { augment } from "../stages/augment.ts"
import { evaluate } from "../stages/evaluate.ts"
import { load } from "../stages/load.ts"
import { references } from "../stages/references.ts"
import { andThen } from "../stages/stage.ts"
import { train } from "../stages/train.ts"
import type { CellKeys } from "./keys.ts"
import type { CellParts } from "./parts.ts"
import { stored } from "./stored.ts"
import { datasetFormat, evaluatedFormat, referencesFormat, trainedFormat } from "./storedFormats.ts"
import { timed } from "./timed.ts"

/** Slices at the training size, split by patient; from the store when they are there. */
export const loading = (
  spec: CellSpec,
  parts: Pick<CellParts, "source" | "split" | "resize" | "intensity">,
  keys: CellKeys,
) =>
  pipe(
    load({
      source: parts.source.value,
      split: parts.split.value,
      size: spec.load.size,
      resize: parts.resize.value,
      intensity: parts.intensity.value,
    }),
    timed,
    stored("load", keys.load, datasetFormat),
  )

/** The rows that every loss is held against. */
export const referencing = (spec: CellSpec, keys: CellKeys) =>
  pipe(references(spec.evaluate), timed, stored("references", keys.references, referencesFormat))

/** One cell: load, augment, train, evaluate. Each stored artefact that is there already is not made again,
 *  nor is anything that only leads to it. */
export const experiment = (spec: CellSpec, parts: CellParts, keys: CellKeys) =>
  pipe(
    loading(spec, parts, keys),
    andThen(augment({ augmentations: parts.augmentations.map((part) => part.value), datasetKey: keys.load })),
    andThen(
      timed(
        train({
          model: parts.model.value,
          objective: parts.objective.value,
          optimizer: parts.optimizer.value,
          schedule: parts.schedule.value,
          epochs: spec.train.epochs,
          batchSize: spec.train.batchSize,
          keep: spec.train.keep,
          precision: spec.train.precision,
          seed: spec.seed,
        }),
      ),
    ),
    stored("train", keys.train, trainedFormat({ [recipeKey]: encodeRecipe(spec) })),
    andThen(
      timed(
        evaluate({
          model: parts.model.value,
          batchSize: spec.train.batchSize,
          scoring: spec.evaluate,
        }),
      ),
    ),
    stored("evaluate", keys.evaluate, evaluatedFormat),
  )
