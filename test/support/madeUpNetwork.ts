import { buildModel } from "../../src/config/catalog/models.ts"
import { type Recipe, recipeKey } from "../../src/config/experiment/recipe.ts"
import { encodeSafetensors, type SafetensorsArray } from "../../src/data/files/safetensors.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"

export const recipe: Recipe = {
  format: 1,
  model: { kind: "unet", depth: 3, baseWidth: 2, batchNorm: true, dropout: 0 },
  size: [16, 24],
  resize: { kind: "size" },
  intensity: { kind: "scale", low: 0, high: 254 },
  axis: "z",
  channel: null,
  spacingMm: null,
  batchSize: 2,
}

/** Weights of a network that was never trained, but whose masks are neither empty nor full.
 *  @param value of every weight instead */
export const madeUpWeights = (value?: number): Readonly<Record<string, SafetensorsArray>> =>
  Object.fromEntries(
    Object.entries(buildModel(recipe.model).value.shapes).map(([path, shape]): [string, SafetensorsArray] => {
      const draws = rootKey(5).child(path).draws()
      const length = shape.reduce((product, side) => product * side, 1)
      const drawn = () => {
        if (path === "params/heads/0/bias") return -1
        return path.endsWith("variance") ? 1 : draws.normal()
      }
      return [path, { dtype: "F32", shape, data: Float32Array.from({ length }, () => value ?? drawn()) }]
    }),
  )

/** A checkpoint of such a network.
 *  @param changes of the recipe */
export const madeUpCheckpoint = (changes: Partial<Recipe> = {}, weights = madeUpWeights()): Uint8Array =>
  encodeSafetensors(weights, { [recipeKey]: JSON.stringify({ ...recipe, ...changes }) })
