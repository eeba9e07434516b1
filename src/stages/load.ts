import { Effect } from "effect"
import { buildDataset } from "../data/dataset/buildDataset.ts"
import type { Dataset } from "../data/dataset/dataset.ts"
import type { Resize } from "../data/dataset/fit.ts"
import type { SplitRule } from "../data/dataset/split.ts"
import type { Source } from "../data/sources/source.ts"
import type { Failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { Events } from "./events.ts"
import { type Stage, stage } from "./stage.ts"

export interface LoadOptions {
  readonly source: Source
  readonly split: SplitRule
  /** Training size. */
  readonly size: readonly [rows: number, columns: number]
  readonly resize: Resize
  readonly intensity: (voxels: Float32Array) => Float32Array
}

/** Files to slices at the training size, split by patient. Every problem of every case is reported at once. */
export const load = (options: LoadOptions): Stage<void, Dataset, Failure, Events> =>
  stage(
    "load",
    Effect.fnUntraced(function* () {
      const { emit } = yield* Events
      return yield* Effect.tryPromise({
        try: () =>
          buildDataset(options.source, {
            split: options.split,
            size: options.size,
            resize: options.resize,
            intensity: options.intensity,
            onCase: (done, total) => emit({ event: "progress", stage: "load", done, total }),
          }),
        catch: toFailure,
      })
    }),
  )
