import fc from "fast-check"
import { type Instance, withInstance } from "./instance.ts"
import type { Subject } from "./subject.ts"

/** What a law is checked on, by name: cases, options, numbers. */
export type Given = Readonly<Record<string, unknown>>

/** One check of a law, ready to run. */
export interface Trial {
  /** Everything that was drawn, the options of the loss among it: what a counterexample shows. */
  readonly given: Given
  /** Null where the law holds; otherwise what was found instead. */
  readonly run: () => string | null
}

/** A named property that a loss may claim. */
export interface Law {
  /** In camelCase, as on the command line. */
  readonly name: string
  /** One sentence: "The loss of a batch is the mean over its images." */
  readonly says: string
  readonly trials: (subject: Subject) => fc.Arbitrary<Trial>
}

/** A law from what it draws and how it is checked.
 *  @param given what is drawn beside the options
 *  @param check null where the law holds; otherwise what was found, with the numbers */
export const law = <I extends object>(spec: {
  readonly name: string
  readonly says: string
  readonly given: (subject: Subject) => { readonly [K in keyof I]: fc.Arbitrary<I[K]> }
  readonly check: (loss: Instance, given: I) => string | null
}): Law => ({
  name: spec.name,
  says: spec.says,
  trials: (subject) =>
    fc.tuple(subject.options, fc.record(spec.given(subject))).map(([options, drawn]) => {
      const inputs = drawn as I
      return {
        given: { options, ...inputs },
        run: () => withInstance(subject, options, (loss) => spec.check(loss, inputs)),
      }
    }),
})
