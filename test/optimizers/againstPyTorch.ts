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

/** Takes the five steps of test/fixtures/make/optimizers.py and compares the update of each with the difference of
 *  the fixture's parameters, which have nine digits; the updates, of up to 0.16, must agree within 5e-7. */
export const expectStepsOfPyTorch = (optimizer: Transform, name: Exclude<keyof Fixture, "rates">): void =>
  tf.tidy(() => {
    let params: Params = { conv: { kernel: ruled([2, 3], Math.cos), bias: ruled([4], Math.cos) } }
    let slots = optimizer.init(params)
    const before = (path: string, i: number, index: number) =>
      index === 0 ? Math.cos(i) : fixture[name][index - 1]![path]![i]!
    for (const [index, rate] of fixture.rates.entries()) {
      const step = index + 1
      const gradient = mapTree(params, (leaf) => ruled(leaf.shape, (i) => Math.sin(step + i)))
      const at = { learningRate: tf.scalar(rate), step: tf.scalar(step) }
      const result = optimizer.update(gradient, slots, params, at)
      params = zipTrees(params, result.updates, (w, update): tf.Tensor => tf.add(w, update))
      slots = result.slots
      for (const [path, update] of leaves(result.updates))
        for (const [i, value] of update.dataSync().entries()) {
          const expected = fixture[name][index]![path]![i]! - before(path, i, index)
          expect(value, `update of ${path}[${i}] in step ${step}`).toBeCloseTo(expected, 6)
        }
    }
  })
