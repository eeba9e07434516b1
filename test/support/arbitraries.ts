import fc from "fast-check"
import type { LossCase } from "./lossCase.ts"

// From integers, because most doubles of an interval are next to nothing.
const steps = (largest: number, step: number): fc.Arbitrary<number> =>
  fc.integer({ min: -largest / step, max: largest / step }).map((n) => Math.fround(n * step))

/** Logits of a network in training. */
export const logit = steps(8, 1 / 128)

/** Logits of a network in training, none near 0, where |z| has a kink. */
export const decidedLogit = logit.map((z) => z + (z < 0 ? -0.05 : 0.05))

/** Logits of any size that a loss must survive, the largest among them. */
export const extremeLogit = fc.oneof(logit, steps(1e4, 1), fc.constantFrom(-1e4, -100, -30, -0, 30, 100, 1e4))

/** Small inputs of a loss: up to three images of up to 5 x 5 pixels; masks may be empty or full. */
export const lossCase = (logits: fc.Arbitrary<number> = logit): fc.Arbitrary<LossCase> =>
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([batch, rows, columns]) => {
      const size = batch * rows * columns
      const exactly = { minLength: size, maxLength: size }
      const mask = fc.oneof(
        { weight: 4, arbitrary: fc.array(fc.constantFrom(0, 1), exactly) },
        { weight: 1, arbitrary: fc.constantFrom(0, 1).map((value) => new Array<number>(size).fill(value)) },
      )
      return fc.record({
        shape: fc.constant([batch, rows, columns] as const),
        logits: fc.array(logits, exactly),
        mask,
        second: mask,
      })
    })

/** A loss case with another order of its pixels. */
export const shuffled = (arbitrary: fc.Arbitrary<LossCase>): fc.Arbitrary<readonly [LossCase, LossCase]> =>
  arbitrary.chain((of) => {
    const indices = of.logits.map((_, i) => i)
    return fc
      .shuffledSubarray(indices, { minLength: indices.length, maxLength: indices.length })
      .map((order) => {
        const reordered = (values: readonly number[]) => order.map((i) => values[i]!)
        return [
          of,
          {
            shape: of.shape,
            logits: reordered(of.logits),
            mask: reordered(of.mask),
            second: reordered(of.second),
          },
        ] as const
      })
  })
