import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss } from "../../src/config/catalog/losses.ts"
import type { PartSpec } from "../../src/config/catalog/part.ts"
import { lossAt, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { references } from "./references.ts"

beforeAll(useJavascriptEngine)

/** A gradient is compared on the scale of its largest entry: what is next to nothing beside it is rounding. */
const largest = (gradient: readonly number[]): number => Math.max(...gradient.map(Math.abs))

describe.each(references)("losses against test/fixtures/make/losses/$family.py", ({ reference }) => {
  const { inputs, expectations } = reference

  it.each(expectations)("$loss $options has its values and gradients", async ({ loss, options, results }) => {
    const built = await buildLoss({ kind: loss, ...options } as PartSpec)
    expect(results.length).toBe(inputs.length)
    inputs.forEach((input, i) => {
      const { value, gradient } = tf.tidy(() =>
        lossValueAndGradient(lossAt(built, built.init(rootKey(1))), input),
      )
      const expected = results[i]!
      expectClose(value, expected.value, { relative: 1e-5, absolute: 1e-7 })
      expectClose(gradient, expected.gradient, {
        relative: 1e-5,
        absolute: 1e-5 * largest(expected.gradient) + 1e-9,
      })
    })
  })
})
