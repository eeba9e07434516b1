import { describe, expect, it } from "vitest"
import { nearest } from "../../src/failure/suggestion.ts"

describe("nearest", () => {
  const cases: readonly (readonly [
    word: string,
    candidates: readonly string[],
    meant: string | undefined,
  ])[] = [
    ["gama", ["gamma", "alpha", "kernel"], "gamma"], // one letter missing
    ["kenrel", ["gamma", "alpha", "kernel"], "kernel"], // neighbours swapped: one slip
    ["batch_size", ["batchSize", "epochs"], "batchSize"],
    ["AGBCE", ["agBce", "bce"], "agBce"], // case does not count
    ["adaptivFocl", ["adaptiveFocal", "pyTorchFocal"], "adaptiveFocal"],
    ["hardWieght2", ["hardWeight"], "hardWeight"], // a swap and one too many
    ["dise", ["dice", "disc"], undefined], // two are equally near
    ["lr", ["on", "learningRate"], undefined],
    ["bce", ["dice"], undefined], // two slips are too many for four letters
    ["gamma", [], undefined],
    ["", ["a", "bc"], undefined],
    ["x".repeat(100_000), ["gamma"], undefined],
  ]
  it.each(cases)("takes %j among %j for %j", (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant)
  })
})
