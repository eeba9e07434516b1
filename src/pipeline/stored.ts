import { Context, Effect } from "effect"
import type { Failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { Events } from "../stages/events.ts"
import { type Stage, stage } from "../stages/stage.ts"
import { span, Tracing } from "../stages/tracer.ts"
import type { Store } from "./store.ts"

/** The content-addressed store of this process. */
export class Artefacts extends Context.Service<Artefacts, Store>()("losslab/pipeline/Artefacts") {}

/** How an artefact lies in its folder. */
export interface Format<A> {
  write(folder: string, artefact: A): Promise<void>
  read(folder: string): Promise<A>
}

/** The same stage, kept under a key: what is in the store is read back and nothing before it runs;
 *  otherwise it runs and its artefact is published. */
export const stored =
  <O>(name: string, key: string, format: Format<O>) =>
  <I, E, R>(inner: Stage<I, O, E, R>): Stage<I, O, E | Failure, R | Artefacts | Events> =>
    stage(
      inner.name,
      Effect.fnUntraced(function* (input: I) {
        const store = yield* Artefacts
        const { emit } = yield* Events
        const tracer = yield* Tracing
        const folder = yield* Effect.tryPromise({ try: () => store.find(name, key), catch: toFailure })
        if (folder !== undefined) {
          emit({ event: "stage", stage: name, status: "stored" })
          return yield* Effect.tryPromise({
            try: () => span(tracer, `read ${name} from the store`, () => format.read(folder)),
            catch: toFailure,
          })
        }
        const artefact = yield* inner.run(input)
        yield* Effect.tryPromise({
          try: () =>
            span(tracer, `write ${name} to the store`, () =>
              store.publish(name, key, (temporary) => format.write(temporary, artefact)),
            ),
          catch: toFailure,
        })
        return artefact
      }),
    )
