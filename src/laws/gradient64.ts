import { law } from "./law.ts"
import type { LossCase } from "./lossCase.ts"
import { farLogit, lossCaseFor } from "./lossCases.ts"
import type { Options, Plain } from "./subject.ts"

/** For central differences in float64: right to about 1e-9 for values of order 1. */
const step = 1e-5

const slopes = (plain: Plain, of: LossCase, options: Options): readonly number[] =>
  of.logits.map((_, i) => {
    const moved = (h: number) =>
      plain({ ...of, logits: of.logits.map((z, j) => (i === j ? z + h : z)) }, options as never)
    return (moved(step) - moved(-step)) / (2 * step)
  })

/** Of the largest entry: what float32 leaves of a gradient. */
const relative = 1e-4
/** What float64 leaves of differences of values up to 1e4. */
const absolute = 1e-6

export const gradient64 = law<{ of: LossCase }>({
  name: "gradient64",
  says: "The gradient is that of the plain loops in float64, for logits up to 1e4.",
  given: (subject) => ({ of: lossCaseFor(subject, farLogit) }),
  check: (loss, { of }) => {
    const expected = slopes(loss.subject.plain!, of, loss.options)
    const allowed = absolute + relative * Math.max(...expected.map(Math.abs))
    const { gradient } = loss.valueAndGradient(of)
    const place = gradient.findIndex((slope, i) => !(Math.abs(slope - expected[i]!) <= allowed))
    return place === -1 ? null : `${gradient[place]} at pixel ${place}, ${expected[place]} in float64`
  },
})
