import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Dataset } from "../../../src/data/dataset/dataset.ts"
import { validationDice } from "../../../src/stages/training/validationDice.ts"
import { discs } from "../../support/dataset.ts"
import { echo } from "../../support/echo.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const signal = new AbortController().signal

/** Slices of 2 x 3 pixels: what the network says of each, and its mask. */
const validation = (...slices: readonly (readonly [probabilities: number[], mask: number[]])[]): Dataset => ({
  ...discs({ train: 1, test: 1, each: 1 }),
  rows: 2,
  columns: 3,
  validation: {
    count: slices.length,
    ids: slices.map((_, slice) => ({ case: "v", slice })),
    images: Float32Array.from(slices.flatMap(([probabilities]) => probabilities)),
    masks: Uint8Array.from(slices.flatMap(([, mask]) => mask)),
  },
})

const diceOf = (dataset: Dataset, batchSize = 2) => validationDice(echo(), dataset, { batchSize, signal })

describe("validationDice", () => {
  /** Two of two pixels and one beside them: 2 x 2 / (3 + 2). */
  const two = [
    [0.9, 0.8, 0.7, 0.1, 0, 0.2],
    [1, 1, 0, 0, 0, 0],
  ] as [number[], number[]]
  /** One of three pixels, the last: 2 x 1 / (1 + 3). */
  const one = [
    [0, 0.1, 0, 0.2, 0, 0.6],
    [0, 0, 0, 1, 1, 1],
  ] as [number[], number[]]

  it("is the mean over the slices, whatever the batch", async () => {
    for (const batchSize of [1, 2, 3])
      expect(await diceOf(validation(two, one, one), batchSize)).toBeCloseTo((0.8 + 0.5 + 0.5) / 3, 12)
  })

  it("leaves slices without foreground out, right or wrong", async () => {
    const right = [Array(6).fill(0), Array(6).fill(0)] as [number[], number[]]
    const wrong = [Array(6).fill(1), Array(6).fill(0)] as [number[], number[]]
    expect(await diceOf(validation(right, two, wrong, one))).toBeCloseTo((0.8 + 0.5) / 2, 12)
    expect(await diceOf(validation(right, wrong))).toBeNull()
  })

  it("counts a probability of one half as foreground, and nothing below it", async () => {
    const below = 0.5 - 2 ** -24
    // The first two of the three pixels that reach one half are right: 2 x 2 / (3 + 2).
    const slice = [
      [0.5, 0.5, 0.5, below, below, 0.25],
      [1, 1, 0, 0, 0, 0],
    ] as [number[], number[]]
    expect(await diceOf(validation(slice))).toBeCloseTo(0.8, 12)
  })

  it("is 0 where nothing is right, and null without slices", async () => {
    const wrong = [
      [1, 0, 0, 0, 0, 0],
      [0, 1, 0, 0, 0, 0],
    ] as [number[], number[]]
    expect(await diceOf(validation(wrong))).toBe(0)
    expect(await diceOf(validation())).toBeNull()
  })

  it("leaves no tensors behind", async () => {
    const before = tf.memory().numTensors
    await diceOf(validation(two, one, one))
    expect(tf.memory().numTensors).toBe(before)
  })
})
