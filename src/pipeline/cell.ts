import { performance } from "node:perf_hooks"
import { Effect, Layer, pipe } from "effect"
import type { CellSpec } from "../config/experiment/cellSpec.ts"
import type { Failure } from "../failure/failure.ts"
import { failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { Datasets } from "../stages/datasets.ts"
import type { Evaluated } from "../stages/evaluate.ts"
import { type CellEvent, Events } from "../stages/events.ts"
import { andThen } from "../stages/stage.ts"
import { noTracer, type Tracer, Tracing } from "../stages/tracer.ts"
import { Checkpoints } from "../stages/training/checkpoint.ts"
import { checkpointFile } from "./checkpoints.ts"
import { experiment, loading, referencing } from "./experiment.ts"
import type { CellKeys } from "./keys.ts"
import type { CellParts } from "./parts.ts"
import { openStore, type Store } from "./store.ts"
import { Artefacts } from "./stored.ts"

export interface CellRun {
  readonly spec: CellSpec
  readonly parts: CellParts
  readonly keys: CellKeys
  /** Folder of the store. */
  readonly store: string
  readonly emit: (event: CellEvent) => void
  /** Off unless given. */
  readonly tracer?: Tracer
}

export interface CellArtefacts {
  readonly evaluated: Evaluated
  /** Folders in the store. */
  readonly folders: { readonly trained: string; readonly evaluated: string }
  readonly seconds: number
}

/** The services of one cell: its events, the store, its checkpoint, and the dataset it was trained on. */
const services = (run: CellRun, store: Store) => {
  const warn = (message: string) => run.emit({ event: "warning", message })
  const base = Layer.mergeAll(
    Layer.succeed(Events, { emit: run.emit }),
    Layer.succeed(Artefacts, store),
    Layer.succeed(Checkpoints, checkpointFile(store.scratch("train", run.keys.train), warn)),
  )
  // Evaluation asks for the dataset by key; within a cell there is one, read at most once more.
  const datasets = Layer.succeed(Datasets, {
    get: (key) =>
      key === run.keys.load
        ? pipe(loading(run.spec, run.parts, run.keys).run(), Effect.provide(base))
        : Effect.fail(failure("bug", { message: `no dataset has the key ${key}` })),
  })
  return Layer.merge(base, datasets)
}

const storeOf = (run: CellRun) => openStore(run.store, (message) => run.emit({ event: "warning", message }))

/** Loads the data and scores the reference rows; nothing is trained. */
export const runLoading = (run: CellRun): Effect.Effect<void, Failure> =>
  pipe(
    pipe(loading(run.spec, run.parts, run.keys), andThen(referencing(run.spec, run.keys))).run(),
    Effect.asVoid,
    Effect.provide(services(run, storeOf(run))),
  )

/** One cell from its data to its scores. */
export const runCell = (run: CellRun): Effect.Effect<CellArtefacts, Failure> =>
  Effect.gen(function* () {
    const store = storeOf(run)
    const start = performance.now()
    const evaluated = yield* pipe(
      experiment(run.spec, run.parts, run.keys).run(),
      Effect.provide(services(run, store)),
      Effect.provideService(Tracing, run.tracer ?? noTracer),
    )
    const folderOf = (name: string, key: string) =>
      Effect.tryPromise({
        try: async () => {
          const folder = await store.find(name, key)
          if (folder !== undefined) return folder
          throw failure("environment", {
            message: `the stored ${name} of this cell is gone`,
            fix: "run the same command again",
          })
        },
        catch: toFailure,
      })
    const folders = {
      trained: yield* folderOf("train", run.keys.train),
      evaluated: yield* folderOf("evaluate", run.keys.evaluate),
    }
    return { evaluated, folders, seconds: (performance.now() - start) / 1000 }
  })
