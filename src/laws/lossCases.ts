import fc from "fast-check"
import type { LossCase } from "./lossCase.ts"

// From integers, because most doubles of an interval are next to nothing.
const steps = (largest: number, step: number): fc.Arbitrary<number> =>
  fc.integer({ min: -largest / step, max: largest / step }).map((n) => Math.fround(n * step))

/** Logits of a network in training. */
export const logit = steps(8, 1 / 128)

/** Logits of a network in training, none within 0.02 of where losses have kinks: whole numbers, and the clip of p. */
export const decidedLogit = fc.integer({ min: -80, max: 79 }).map((n) => Math.fround((n + 0.37) / 10))

/** Logits of any size that a loss must survive, the largest among them. */
export const extremeLogit = fc.oneof(logit, steps(1e4, 1), fc.constantFrom(-1e4, -100, -30, -0, 30, 100, 1e4))

/** Logits near and far, none where losses have kinks. */
export const farLogit = fc.oneof(
  { weight: 3, arbitrary: decidedLogit },
  { weight: 1, arbitrary: fc.constantFrom(-9999.4, -100.4, -20.4, 20.4, 100.4, 9999.4).map(Math.fround) },
)

const hardPixel = fc.constantFrom(0, 1)
const softPixel = fc.constantFrom(0, 0.25, 0.5, 0.75, 1)

interface CaseOptions {
  /** Whether some masks lie between 0 and 1. */
  readonly soft?: boolean
  readonly maxSide?: number
}

/** Small inputs of a loss: up to three images of up to 5 x 5 pixels; masks may be empty or full. */
export const lossCase = (
  logits: fc.Arbitrary<number> = logit,
  { soft = false, maxSide = 5 }: CaseOptions = {},
): fc.Arbitrary<LossCase> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: maxSide }),
      fc.integer({ min: 1, max: maxSide }),
    )
    .chain(([batch, rows, columns]) => {
      const size = batch * rows * columns
      const exactly = { minLength: size, maxLength: size }
      const hard = fc.oneof(
        { weight: 4, arbitrary: fc.array(hardPixel, exactly) },
        { weight: 1, arbitrary: hardPixel.map((value) => new Array<number>(size).fill(value)) },
      )
      const mask = soft ? fc.oneof(hard, fc.array(softPixel, exactly)) : hard
      return fc.record({
        shape: fc.constant([batch, rows, columns] as const),
        logits: fc.array(logits, exactly),
        mask,
        second: hard,
        progress: fc.constantFrom(0, 0.25, 1),
      })
    })

/** Inputs of a loss with as much freedom as it allows. */
export const lossCaseFor = (
  { softMask }: { readonly softMask: boolean },
  logits: fc.Arbitrary<number> = logit,
): fc.Arbitrary<LossCase> => lossCase(logits, { soft: softMask })
