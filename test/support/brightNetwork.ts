import * as tf from "@tensorflow/tfjs-core"
import { buildModel } from "../../src/config/catalog/models.ts"
import type { Recipe } from "../../src/config/experiment/recipe.ts"
import type { SafetensorsArray } from "../../src/data/files/safetensors.ts"
import type { Model } from "../../src/models/model.ts"

/** A network that marks the pixels of more than 0.5, and looks at no neighbour: what it makes of an image is known. */
export const brightNetwork: Model = {
  divisor: 1,
  shapes: {},
  init: () => ({ params: {}, state: {} }),
  apply: (_params, state, x) => ({ outputs: [tf.mul(tf.sub(x, 0.5), 40)], state }),
}

export const brightModel: Recipe["model"] = {
  kind: "unet",
  depth: 3,
  baseWidth: 1,
  batchNorm: false,
  dropout: 0,
}

/** The same as weights of a U-Net, for pixels of 0 or more: they pass through its uppermost level, and all else is 0. */
export const brightWeights = (): Readonly<Record<string, SafetensorsArray>> =>
  Object.fromEntries(
    Object.entries(buildModel(brightModel).value.shapes).map(([path, shape]): [string, SafetensorsArray] => {
      const data = new Float32Array(shape.reduce((product, side) => product * side, 1))
      const [height = 0, width = 0, from = 0, to = 0] = shape
      const centre = (Math.floor(height / 2) * width + Math.floor(width / 2)) * from * to
      if (/^params\/(encoder|decoder)\/0\/conv[12]\/kernel$/.test(path)) data[centre] = 1
      if (path === "params/heads/0/kernel") data[0] = 40
      if (path === "params/heads/0/bias") data[0] = -20
      return [path, { dtype: "F32", shape, data }]
    }),
  )
