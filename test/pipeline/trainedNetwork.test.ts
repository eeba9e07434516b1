import { truncate, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { buildModel } from "../../src/config/catalog/models.ts"
import { recipeKey } from "../../src/config/experiment/recipe.ts"
import { encodeSafetensors, type SafetensorsArray } from "../../src/data/files/safetensors.ts"
import { readTrainedNetwork } from "../../src/pipeline/trainedNetwork.ts"
import { emptyFolder, refusal } from "../data/support/refusal.ts"
import { recipe as madeUpRecipe } from "../support/madeUpNetwork.ts"

const recipe = { ...madeUpRecipe, model: { ...madeUpRecipe.model, baseWidth: 1 } }

const { shapes } = buildModel(recipe.model).value
const weights = Object.fromEntries(
  Object.entries(shapes).map(([path, shape]): [string, SafetensorsArray] => [
    path,
    { dtype: "F32", shape, data: new Float32Array(shape.reduce((product, side) => product * side, 1)) },
  ]),
)

let file: string
beforeAll(async () => {
  file = join(await emptyFolder(), "weights.safetensors")
})

const read = async (metadata: Record<string, string>, arrays = weights) => {
  await writeFile(file, encodeSafetensors(arrays, metadata))
  return readTrainedNetwork(file)
}
const written = (changes: object) => ({ [recipeKey]: JSON.stringify({ ...recipe, ...changes }) })

describe("readTrainedNetwork", () => {
  it("gives the network, its way of reading images, and its weights", async () => {
    const network = await read(written({}))
    expect(network.recipe).toEqual(recipe)
    expect(network.training).toEqual({ rows: 16, columns: 24, resize: { kind: "size" } })
    expect([...network.intensity(Float32Array.of(127))]).toEqual([0.5])
    expect(Object.keys(network.weights).sort()).toEqual(Object.keys(shapes).sort())
    const [path, { shape, data }] = Object.entries(weights)[0]!
    expect(network.weights[path]).toEqual({ shape, data })
    expect(network.model.divisor).toBe(8)
  })

  it("names every place of a recipe that losslab cannot follow", async () => {
    const { kind, problems } = await refusal(
      read(
        written({
          format: 2,
          model: { kind: "vnet" },
          size: [16],
          resize: { kind: "spacing", spacingMm: [0, 1] },
          loss: 1,
        }),
      ),
    )
    expect(kind).toBe("data")
    expect(problems.map(({ path }) => path)).toEqual([
      "recipe.format",
      "recipe.model.kind",
      "recipe.size",
      "recipe.resize.spacingMm.0",
      "recipe.loss",
    ])
    expect(problems.every((problem) => problem.file === file)).toBe(true)
    const uneven = await refusal(read(written({ size: [16, 20] })))
    expect(uneven.problems).toMatchObject([
      { path: "recipe.size", message: expect.stringContaining("multiples of 8") },
    ])
  })

  it("refuses weights that are not the network's, naming path, expected and found shape", async () => {
    const { "params/heads/0/bias": _, ...fewer } = weights
    const arrays: Record<string, SafetensorsArray> = {
      ...fewer,
      "params/heads/0/kernel": { dtype: "F32", shape: [1, 1, 3, 1], data: new Float32Array(3) },
      "params/heads/1/bias": { dtype: "F64", shape: [1], data: new Float64Array(1) },
    }
    const { problems } = await refusal(read(written({}), arrays))
    expect(problems.map(({ path, expected, found }) => ({ path, expected, found }))).toEqual([
      { path: "params/heads/0/kernel", expected: "shape [1, 1, 1, 1]", found: "shape [1, 1, 3, 1]" },
      { path: "params/heads/0/bias", expected: "shape [1]", found: "nothing" },
      { path: "params/heads/1/bias", expected: "F32", found: "F64" },
    ])
  })

  it("says of each wrong weight which file it is in, and what to do", async () => {
    const path = "params/heads/1/bias"
    const arrays = { ...weights, [path]: { dtype: "F64", shape: [1], data: new Float64Array(1) } } as const
    const fix = "use weights and recipe of one training"
    expect((await refusal(read(written({}), arrays))).problems).toEqual([
      { message: `${path} has another type`, file, path, expected: "F32", found: "F64", fix },
    ])
    const { [path]: _, ...fewer } = weights
    expect((await refusal(read(written({}), fewer))).problems).toMatchObject([{ file, path, fix }])
  })

  it("refuses a file that is too large to be read at once, without reading it", async () => {
    await writeFile(file, "")
    await truncate(file, 2 ** 31)
    expect(await refusal(readTrainedNetwork(file))).toMatchObject({
      kind: "data",
      problems: [
        {
          message: "the checkpoint is too large",
          file,
          found: "2147483648 bytes",
          fix: "name a weights.safetensors that a training left",
        },
      ],
    })
  })

  it("refuses a network that is far larger than the file, without making it", async () => {
    const { problems } = await refusal(
      read(written({ model: { kind: "unet", depth: 7, baseWidth: 128, batchNorm: true }, size: [128, 128] })),
    )
    expect(problems.length).toBeGreaterThan(10)
  })

  it("refuses weights without a recipe, what is no JSON, and files that cannot be read", async () => {
    expect((await refusal(read({}))).problems).toMatchObject([
      {
        file,
        message: "the checkpoint does not say how its network is used",
        expected: `a recipe in the metadata, under ${recipeKey}`,
        found: `${Object.keys(weights).length} arrays without it`,
      },
    ])
    expect((await refusal(read({ [recipeKey]: "{" }))).problems[0]!.message).toContain("not JSON")
    expect((await refusal(read({ [recipeKey]: "[]" }))).problems).toMatchObject([{ path: "recipe" }])
    const folder = await emptyFolder()
    expect((await refusal(readTrainedNetwork(folder))).problems).toMatchObject([
      {
        file: folder,
        message: "the checkpoint cannot be read",
        found: "it is a folder",
        fix: "name a weights.safetensors that a training left, or give a run directory with --run",
      },
    ])
    const gone = join(folder, "gone")
    expect((await refusal(readTrainedNetwork(gone))).problems).toMatchObject([
      {
        file: gone,
        message: "the checkpoint cannot be read",
        found: "there is no such file or folder",
        fix: "name a weights.safetensors that a training left",
      },
    ])
    await writeFile(join(folder, "short"), "no safetensors")
    expect((await refusal(readTrainedNetwork(join(folder, "short")))).kind).toBe("data")
  })
})
