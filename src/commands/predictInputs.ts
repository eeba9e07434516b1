import { readdir, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { fitOf } from "../data/dataset/fit.ts"
import { inCase } from "../data/dataset/inCase.ts"
import { sliceAxisOf, slicedGeometry } from "../data/dataset/slicing.ts"
import { readGeometry } from "../data/files/readGeometry.ts"
import { volumeEnding, volumeEndings } from "../data/files/readVolume.ts"
import { Failure, failure, type Problem } from "../failure/failure.ts"
import type { TrainedNetwork } from "../pipeline/trainedNetwork.ts"
import { assertTargets } from "./predictTargets.ts"

/** An image that can be predicted, and where its prediction goes. */
export interface PredictInput {
  readonly case: string
  readonly image: string
  readonly mask: string
  readonly probabilities: string
}

/** What is asked of predict. */
interface Words {
  readonly input: string
  readonly out: string
  readonly probabilities: boolean
  readonly overwrite: boolean
}

/** What writeNifti can write. */
const longestSide = 32767

/** The image, or the images of a folder by their names, each with its header checked. Hidden files, folders and files
 *  of other kinds in a folder are passed over.
 *  Throws Failure("usage") when a prediction would replace an image, or another file unasked, Failure("data") with
 *  everything that is wrong with any image. */
export const predictInputs = async (
  { input, out, probabilities, overwrite }: Words,
  network: Pick<TrainedNetwork, "recipe" | "training">,
): Promise<readonly PredictInput[]> => {
  const images = await imagesOf(input)
  const inputs = images.map((image): PredictInput => {
    const name = basename(image)
    const ending = volumeEnding(name) ?? ""
    const id = name.slice(0, name.length - ending.length)
    const share = join(out, "probabilities", ending === ".png" ? name : `${id}.nii.gz`)
    return { case: id, image, mask: join(out, name), probabilities: share }
  })
  const targets = inputs.flatMap((one) => (probabilities ? [one.mask, one.probabilities] : [one.mask]))
  await assertTargets(images, targets, { out, overwrite })
  const problems = collisions(inputs)
  for (const one of inputs)
    problems.push(...(await problemsOf(one.image, network)).map((problem) => inCase(one.case, problem)))
  if (problems.length > 0) throw new Failure("data", problems)
  return inputs
}

const imagesOf = async (input: string): Promise<readonly string[]> => {
  const found = await stat(input).catch(() => null)
  const expected = `an image, or a folder of images, whose names end in ${volumeEndings.join(", ")}`
  if (found === null)
    throw failure("data", { message: "there is no such file or folder", file: input, fix: "check the path" })
  if (!found.isDirectory()) {
    if (volumeEnding(basename(input)) !== undefined) return [input]
    throw failure("data", {
      message: "the file is of a kind that losslab does not read",
      file: input,
      expected,
    })
  }
  const names = (await readdir(input)).filter((name) => !name.startsWith(".")).sort()
  const images = names.filter((name) => volumeEnding(name) !== undefined)
  if (images.length > 0) return images.map((name) => join(input, name))
  const shown = [...names.slice(0, 3), ...(names.length > 3 ? ["..."] : [])]
  throw failure("data", {
    message: "the folder holds no images",
    file: input,
    expected,
    found: names.length === 0 ? "nothing" : shown.join(", "),
  })
}

/** Two images whose predictions would have one name, on any file system. */
const collisions = (inputs: readonly PredictInput[]): Problem[] => {
  const known = new Map<string, string>()
  return inputs.flatMap(({ case: name, image }) => {
    const key = name.normalize().toLowerCase()
    const twin = known.get(key)
    known.set(key, twin ?? image)
    return twin === undefined
      ? []
      : [
          {
            message: `two images are of case ${name}`,
            file: image,
            path: `case ${name}`,
            found: `also ${twin}`,
            fix: "rename or remove one",
          },
        ]
  })
}

const problemsOf = async (
  file: string,
  { recipe, training }: Pick<TrainedNetwork, "recipe" | "training">,
): Promise<readonly Problem[]> => {
  try {
    const geometry = await readGeometry(file, recipe)
    fitOf(training, slicedGeometry(geometry, sliceAxisOf(geometry, recipe.axis)))
    return geometry.shape.every((side) => side <= longestSide)
      ? []
      : [
          {
            message: "the image is too large for a mask in NIfTI-1",
            file,
            expected: `at most ${longestSide} voxels a side`,
            found: geometry.shape.join(" x "),
          },
        ]
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "data") throw error
    return error.problems.map((problem) => inPrediction({ file, ...problem }))
  }
}

/** What is wrong with a channel or a spacing is said, while training, of the experiment's options. */
const inPrediction = ({ path, ...problem }: Problem): Problem => {
  const isOption = path?.startsWith("load.") === true
  const place = path === undefined || isOption ? {} : { path }
  return isOption || problem.fix?.includes("load.source")
    ? { ...problem, ...place, fix: "give an image like those that the network was trained on" }
    : { ...problem, ...place }
}
