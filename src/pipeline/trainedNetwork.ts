import { readFile, stat } from "node:fs/promises"
import { buildIntensity } from "../config/catalog/intensities.ts"
import { buildModel } from "../config/catalog/models.ts"
import { buildResize } from "../config/catalog/resizes.ts"
import { decodeRecipe, type Recipe, recipeKey } from "../config/experiment/recipe.ts"
import type { Training } from "../data/dataset/fit.ts"
import type { Intensity } from "../data/dataset/intensity.ts"
import { decodeSafetensors, type Safetensors } from "../data/files/safetensors.ts"
import { Failure, failure, type Problem } from "../failure/failure.ts"
import { reasonOf } from "../failure/systemError.ts"
import type { Model } from "../models/model.ts"
import { shapeProblems } from "../stages/shapeProblems.ts"
import type { NamedArrays } from "../stages/training/trainState.ts"

/** A network with everything that using it on new images needs. */
export interface TrainedNetwork {
  readonly recipe: Recipe
  readonly model: Model
  readonly training: Training
  readonly intensity: Intensity
  readonly weights: NamedArrays
}

/** More than Node reads at once. */
const mostBytes = 2 ** 31 - 1

/** Reads a checkpoint that a training left, which may have come from anywhere: nothing is taken that its own recipe
 *  does not describe. No tensor is made. Throws Failure("data") with everything that is wrong. */
export const readTrainedNetwork = async (file: string): Promise<TrainedNetwork> => {
  const { arrays, metadata } = decodeSafetensors(await contentOf(file), file)
  const text = metadata[recipeKey]
  if (text === undefined)
    throw failure("data", {
      message: "the checkpoint does not say how its network is used",
      file,
      expected: `a recipe in the metadata, under ${recipeKey}`,
      found: `${Object.keys(arrays).length} arrays without it`,
      fix: "name the checkpoints/weights.safetensors of a finished cell; train again if it is from an older losslab",
    })
  const recipe = decodeRecipe(text, file)
  const model = buildModel(recipe.model).value
  const problems = weightProblems(model, arrays, file)
  if (problems.length > 0) throw new Failure("data", problems)
  const [rows, columns] = recipe.size
  return {
    recipe,
    model,
    training: { rows, columns, resize: buildResize(recipe.resize).value },
    intensity: buildIntensity(recipe.intensity).value,
    weights: Object.fromEntries(
      Object.entries(arrays).flatMap(([path, { shape, data }]) =>
        data instanceof Float32Array ? [[path, { shape, data }]] : [],
      ),
    ),
  }
}

const weightProblems = (model: Model, arrays: Safetensors["arrays"], file: string): Problem[] => {
  const fix = "use weights and recipe of one training"
  const shapes = Object.entries(arrays).map(([path, { shape }]) => [path, shape] as const)
  return [
    ...shapeProblems("the checkpoint", model.shapes, Object.fromEntries(shapes), { file, fix }),
    ...Object.entries(arrays)
      .filter(([, { dtype }]) => dtype !== "F32")
      .map(([path, { dtype }]) => ({
        message: `${path} has another type`,
        file,
        path,
        expected: "F32",
        found: dtype,
        fix,
      })),
  ]
}

const contentOf = async (file: string): Promise<Uint8Array> => {
  const example = "name a weights.safetensors that a training left"
  const refuse = (message: string, found: string, cause?: unknown, fix = example) =>
    failure("data", { message, file, found, fix }, cause)
  try {
    const found = await stat(file)
    if (found.isDirectory())
      throw refuse(
        "the checkpoint cannot be read",
        "it is a folder",
        undefined,
        `${example}, or give a run directory with --run`,
      )
    const { size } = found
    if (size > mostBytes) throw refuse("the checkpoint is too large", `${size} bytes`)
    return await readFile(file)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw refuse("the checkpoint cannot be read", reasonOf(error), error)
  }
}
