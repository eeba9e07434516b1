import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { expect } from "vitest"
import type { Transform } from "../../src/optimizers/transform.ts"
import { leaves, mapTree, type Params, zipTrees } from "../../src/tensor/tree.ts"

type Fixture = { readonly rates: readonly number[] } & {
  readonly [name in "plain" | "momentum" | "decay" | "clipped" | "adam"]: readonly Readonly<
    Record<string, readonly number[]>
  >[]
}

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/optimizers.json", import.meta.url), "utf8"),
) as Fixture

const ruled = (shape: number[], rule: (i: number) => number): tf.Tensor =>
  tf.tensor(
    Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => rule(i)),
    shape,
  )

/** Takes the five steps of test/fixtures/make/optimizers.py and compares the parameters after each. */
export const expectStepsOfPyTorch = (optimizer: Transform, name: Exclude<keyof Fixture, "rates">): void =>
  tf.tidy(() => {
    let params: Params = { conv: { kernel: ruled([2, 3], Math.cos), bias: ruled([4], Math.cos) } }
    let slots = optimizer.init(params)
    for (const [index, rate] of fixture.rates.entries()) {
      const step = index + 1
      const gradient = mapTree(params, (leaf) => ruled(leaf.shape, (i) => Math.sin(step + i)))
      const at = { learningRate: tf.scalar(rate), step: tf.scalar(step) }
      const result = optimizer.update(gradient, slots, params, at)
      params = zipTrees(params, result.updates, (w, update): tf.Tensor => tf.add(w, update))
      slots = result.slots
      for (const [path, leaf] of leaves(params))
        for (const [i, value] of leaf.dataSync().entries())
          expect(value, `${path}[${i}] after step ${step}`).toBeCloseTo(fixture[name][index]![path]![i]!, 5)
    }
  })
