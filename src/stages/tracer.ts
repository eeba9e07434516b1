import { Context } from "effect"
import type { OperationTime } from "../engine/tensorflow/stepStats.ts"

/** Whose operations are told one by one. */
export type ProfiledFunction = "training step" | "forward pass"

/** Hears what stages spend their time on. */
export interface Tracer {
  /** Begins a span; what it returns ends it.
   *  @param track where spans of its kind lie: "cell" (the default), where each begins and ends within the one
   *               around it, or any other, where they may overlap */
  readonly begin: (name: string, track?: string) => () => void
  /** Asks for the operations of a function, once for each; never by a tracer that is off.
   *  @param profile runs it on the side, null where it is not compiled; must change nothing
   *  @returns the milliseconds that this took, which are nobody else's */
  readonly operations: (of: ProfiledFunction, profile: () => readonly OperationTime[] | null) => number
}

const end = (): void => undefined

export const noTracer: Tracer = { begin: () => end, operations: () => 0 }

/** The tracer of the cell at hand; one that is off unless another is provided. */
export const Tracing = Context.Reference<Tracer>("losslab/stages/Tracing", { defaultValue: () => noTracer })

/** Calls a function within a span; a promise counts until it is settled, and stays the same promise. */
export const span = <A>(tracer: Tracer, name: string, run: () => A, track?: string): A => {
  if (tracer === noTracer) return run()
  const end = tracer.begin(name, track)
  try {
    const result = run()
    if (result instanceof Promise) result.then(end, end)
    else end()
    return result
  } catch (error) {
    end()
    throw error
  }
}
