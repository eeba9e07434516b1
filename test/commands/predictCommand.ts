import { type PredictCommand, predict } from "../../src/commands/predict.ts"
import type { Geometry } from "../../src/data/dataset/dataset.ts"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"

/** Predicts with weights.safetensors from images into out, unless other words are given; what is printed. */
export const run = async (words: Partial<PredictCommand> = {}, onProgress = (_text: string) => {}) => {
  let printed = ""
  await predict(
    {
      checkpoint: "weights.safetensors",
      input: "images",
      out: "out",
      probabilities: false,
      overwrite: false,
      threshold: "0.5",
      backend: "javascript",
      json: false,
      ...words,
    },
    (text) => {
      printed += text
    },
    { write: onProgress, isTerminal: true, columns: 80, color: false },
  )
  return printed
}

/** Smooth noise: neighbours are alike, so that masks are not speckle. */
export const imageOf = ({ shape: [x, y, z] }: Geometry, seed = 1): Uint8Array => {
  const draws = rootKey(seed).draws()
  const waves = Array.from({ length: 4 }, () => [
    draws.between(0.2, 0.9),
    draws.between(0.2, 0.9),
    draws.between(0, 6),
  ])
  return Uint8Array.from({ length: x * y * z }, (_, i) => {
    const [column, row, slice] = [i % x, Math.floor(i / x) % y, Math.floor(i / (x * y))]
    const sum = waves.reduce((all, [a, b, c]) => all + Math.sin(a! * column + b! * row + c! + 0.3 * slice), 0)
    return 127 + 30 * sum
  })
}

export const straight = (
  shape: Geometry["shape"],
  spacingMm: Geometry["spacingMm"] = [1, 1, 1],
): Geometry => ({
  shape,
  spacingMm,
  affine: spacingAffine(spacingMm),
})

export const nifti = (geometry: Geometry, voxels = imageOf(geometry), gzip = false) =>
  writeNifti({ geometry, datatype: "uint8", voxels }, { gzip })
