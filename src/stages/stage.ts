import { Effect } from "effect"

/** One step of the pipeline: a named function from one typed artefact to the next. */
export interface Stage<I, O, E, R> {
  readonly name: string
  run(input: I): Effect.Effect<O, E, R>
}

export const stage = <I, O, E, R>(
  name: string,
  run: (input: I) => Effect.Effect<O, E, R>,
): Stage<I, O, E, R> => ({ name, run })

/** Joins two stages; a wrong join does not compile. */
export const andThen =
  <M, O, E2, R2>(next: Stage<M, O, E2, R2>) =>
  <I, E1, R1>(self: Stage<I, M, E1, R1>): Stage<I, O, E1 | E2, R1 | R2> =>
    stage(`${self.name} -> ${next.name}`, (input) =>
      Effect.flatMap(self.run(input), (middle) => next.run(middle)),
    )
