import { performance } from "node:perf_hooks"
import { Effect } from "effect"
import { Events } from "../stages/events.ts"
import { type Stage, stage } from "../stages/stage.ts"
import { Tracing } from "../stages/tracer.ts"

/** The same stage, announcing when it starts and how long it took. */
export const timed = <I, O, E, R>(inner: Stage<I, O, E, R>): Stage<I, O, E, R | Events> =>
  stage(
    inner.name,
    Effect.fnUntraced(function* (input: I) {
      const { emit } = yield* Events
      emit({ event: "stage", stage: inner.name, status: "started" })
      const end = (yield* Tracing).begin(inner.name)
      const start = performance.now()
      const output = yield* inner.run(input)
      end()
      emit({ event: "stage", stage: inner.name, status: "done", seconds: (performance.now() - start) / 1000 })
      return output
    }),
  )
