import { describe, expect, it } from "vitest"
import { decodeRecipe, encodeRecipe, recipeKey } from "../../../src/config/experiment/recipe.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { baseExperiment, cellOf, decoded } from "../../support/experimentLeaves.ts"
import { recipe } from "../../support/madeUpNetwork.ts"

const cell = (source: object) =>
  cellOf(
    decoded({
      ...baseExperiment,
      load: {
        ...baseExperiment.load,
        source,
        resize: { kind: "spacing", spacingMm: [0.5, 1] },
        intensity: { kind: "window", level: 40, width: 400 },
      },
    })!,
  )

/** Every problem of a text that should be a recipe: where, and what is said. */
const problemsOf = (text: string) => {
  try {
    decodeRecipe(text, "weights.safetensors")
  } catch (error) {
    if (error instanceof Failure) return { kind: error.kind, problems: error.problems }
    throw error
  }
  throw new Error("accepted")
}
const changed = (changes: object) => problemsOf(JSON.stringify({ ...recipe, ...changes }))

describe("the recipe of a cell", () => {
  it("is what its network needs on new images", () => {
    const spec = cell({
      ...{ kind: "folder", images: "/images", masks: "/masks", axis: "x", channel: 2, spacingMm: [1, 3] },
    })
    expect(decodeRecipe(encodeRecipe(spec), "a")).toEqual({
      format: 1,
      model: spec.train.model,
      size: [128, 256],
      resize: { kind: "spacing", spacingMm: [0.5, 1] },
      intensity: { kind: "window", level: 40, width: 400 },
      axis: "x",
      channel: 2,
      spacingMm: [1, 3],
      batchSize: 3,
    })
    expect(recipeKey).toBe("losslab.recipe")
  })

  it("has slices along z and one channel where the source says nothing of them", () => {
    expect(decodeRecipe(encodeRecipe(cell({ kind: "phantom" })), "a")).toMatchObject({
      ...{ axis: "z", channel: null, spacingMm: null },
    })
  })
})

describe("a recipe that cannot be followed", () => {
  it("is refused with every place that is wrong, and what would be right", () => {
    expect(changed({ axis: "w", spacingMm: [1, 0], batchsize: 3 })).toEqual({
      kind: "data",
      problems: [
        {
          file: "weights.safetensors",
          path: "recipe.axis",
          message: "recipe.axis: not one of the choices",
          expected: "one of `x`, `y`, `z`, `largest-spacing`",
          found: '"w"',
          fix: "use the version of losslab that wrote the checkpoint",
        },
        {
          file: "weights.safetensors",
          path: "recipe.spacingMm.1",
          message: "recipe.spacingMm.1: out of range",
          expected: "a number greater than 0 and at most 1000",
          found: "0",
          fix: "use the version of losslab that wrote the checkpoint",
        },
        {
          file: "weights.safetensors",
          path: "recipe.batchsize",
          message: "recipe.batchsize: unknown key",
          expected: expect.stringContaining("`batchSize`"),
          suggestion: "batchSize",
          fix: "use the version of losslab that wrote the checkpoint",
        },
      ],
    })
  })

  it.each<[object, string]>([
    [{ format: 0 }, "recipe.format"],
    [{ format: 2 }, "recipe.format"],
    [{ size: [16] }, "recipe.size"],
    [{ size: [16, 24, 8] }, "recipe.size"],
    [{ size: [0, 24] }, "recipe.size.0"],
    [{ size: [16, 4104] }, "recipe.size.1"],
    [{ channel: -1 }, "recipe.channel"],
    [{ spacingMm: [1] }, "recipe.spacingMm"],
    [{ spacingMm: [1, 1001] }, "recipe.spacingMm.1"],
    [{ batchSize: 0 }, "recipe.batchSize"],
    [{ batchSize: 4097 }, "recipe.batchSize"],
    [{ resize: { kind: "none" } }, "recipe.resize.kind"],
    [{ intensity: { kind: "none" } }, "recipe.intensity.kind"],
    [{ model: { kind: "none" } }, "recipe.model.kind"],
  ])("of %j is refused at %s", (changes, path) => {
    expect(changed(changes).problems.map((problem) => problem.path)).toEqual([path])
  })

  it("may stand at the limits of what it may say", () => {
    for (const limits of [
      { size: [8, 4096], batchSize: 1, channel: 0, spacingMm: [1000, 0.001] },
      { size: [4096, 8], batchSize: 4096, channel: null, spacingMm: null },
    ])
      expect(decodeRecipe(JSON.stringify({ ...recipe, ...limits }), "a")).toEqual({ ...recipe, ...limits })
  })

  it("needs a size that its network can halve, on both sides", () => {
    for (const size of [
      [20, 24],
      [24, 20],
    ])
      expect(changed({ size }).problems).toMatchObject([
        {
          path: "recipe.size",
          message: "recipe.size: the model halves rows and columns that are no multiples of 8",
        },
      ])
  })

  it("may be no JSON", () => {
    expect(problemsOf('{ "format"')).toEqual({
      kind: "data",
      problems: [
        {
          message: "the recipe in the checkpoint is not JSON",
          file: "weights.safetensors",
          path: "recipe",
          fix: "copy the file again",
        },
      ],
    })
  })
})
