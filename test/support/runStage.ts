import { Effect, pipe } from "effect"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import { type Failure, failure } from "../../src/failure/failure.ts"
import { Datasets } from "../../src/stages/datasets.ts"
import { type CellEvent, Events } from "../../src/stages/events.ts"
import type { Stage } from "../../src/stages/stage.ts"
import { noTracer, type Tracer, Tracing } from "../../src/stages/tracer.ts"
import { type CheckpointFile, Checkpoints } from "../../src/stages/training/checkpoint.ts"
import { checkpointsInMemory } from "./oneWeightTraining.ts"

export interface Around {
  readonly checkpoints?: CheckpointFile
  readonly datasets?: Readonly<Record<string, Dataset>>
  readonly tracer?: Tracer
}

/** Runs a stage by itself: what it gives or how it fails, and what it told. */
export const runStage = async <I, O>(
  stage: Stage<I, O, Failure, Events | Datasets | Checkpoints>,
  input: I,
  { checkpoints = checkpointsInMemory(), datasets = {}, tracer = noTracer }: Around = {},
): Promise<{ readonly output?: O; readonly failed?: Failure; readonly events: CellEvent[] }> => {
  const events: CellEvent[] = []
  const get = (key: string) => {
    const dataset = datasets[key]
    return dataset === undefined
      ? Effect.fail(failure("bug", { message: `no dataset ${key}` }))
      : Effect.succeed(dataset)
  }
  const ended = await Effect.runPromise(
    pipe(
      stage.run(input),
      Effect.match({ onSuccess: (output) => ({ output }), onFailure: (failed) => ({ failed }) }),
      Effect.provideService(Events, { emit: (event) => void events.push(event) }),
      Effect.provideService(Checkpoints, checkpoints),
      Effect.provideService(Datasets, { get }),
      Effect.provideService(Tracing, tracer),
    ),
  )
  return { ...ended, events }
}
