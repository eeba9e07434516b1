import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss } from "../../src/config/catalog/losses.ts"
import type { PartSpec } from "../../src/config/catalog/part.ts"

import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { type LossCase, lossValueAndGradient } from "../support/lossCase.ts"

beforeAll(useJavascriptEngine)

interface Reference {
  readonly inputs: readonly LossCase[]
  readonly expectations: readonly {
    readonly loss: string
    readonly options: Omit<PartSpec, "kind">
    readonly results: readonly { readonly value: number; readonly gradient: readonly number[] }[]
  }[]
}

// By PyTorch in float64; its focal loss was found equal to alpha times MONAI's.
const { inputs, expectations } = JSON.parse(
  readFileSync(new URL("../fixtures/losses.json", import.meta.url), "utf8"),
) as Reference

describe("losses against PyTorch (test/fixtures/make/losses.py)", () => {
  it.each(expectations)("$loss $options has its values and gradients", async ({ loss, options, results }) => {
    const built = await buildLoss({ kind: loss, ...options } as PartSpec)
    expect(results.length).toBe(inputs.length)
    inputs.forEach((input, i) => {
      const { value, gradient } = lossValueAndGradient(built.loss, input)
      expectClose(value, results[i]!.value, { relative: 2e-6, absolute: 1e-7 })
      expectClose(gradient, results[i]!.gradient, { relative: 2e-5, absolute: 2e-7 })
    })
  })
})
