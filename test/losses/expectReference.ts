import * as tf from "@tensorflow/tfjs-core"
import { expect } from "vitest"
import { buildLoss } from "../../src/config/catalog/losses.ts"
import type { PartSpec } from "../../src/config/catalog/part.ts"
import { lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { expectClose } from "../support/close.ts"
import type { Reference } from "./references.ts"

/** A gradient is compared on the scale of its largest entry: what is next to nothing beside it is rounding. */
const largest = (gradient: readonly number[]): number => Math.max(...gradient.map(Math.abs))

/** The values and gradients of one loss on all inputs, on the engine that is in charge. */
export const expectReference = async (
  inputs: Reference["inputs"],
  { loss, options, results }: Reference["expectations"][number],
): Promise<void> => {
  const built = await buildLoss({ kind: loss, ...options } as PartSpec)
  expect(results.length).toBe(inputs.length)
  inputs.forEach((input, i) => {
    const { value, gradient } = tf.tidy(() => lossValueAndGradient(built, input, built.init(rootKey(1))))
    const expected = results[i]!
    expectClose(value, expected.value, { relative: 1e-5, absolute: 1e-7 })
    expectClose(gradient, expected.gradient, {
      relative: 1e-5,
      absolute: 1e-5 * largest(expected.gradient) + 1e-9,
    })
  })
}
