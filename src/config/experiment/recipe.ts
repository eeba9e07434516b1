import { either as E } from "fp-ts"
import { type SliceAxisChoice, sliceAxes } from "../../data/dataset/slicing.ts"
import { Failure, failure, type Problem } from "../../failure/failure.ts"
import { buildPart } from "../catalog/buildPart.ts"
import { catalogs } from "../catalog/catalogs.ts"
import type { PartSpec } from "../catalog/part.ts"
import { sumOf } from "../catalog/sumOf.ts"
import type { Json } from "../json.ts"
import { codecOf } from "../language/codec.ts"
import type { Description, RecordDescription } from "../language/description.ts"
import { issueOf, pathOf } from "../language/issue.ts"
import { shownPath } from "../language/shown.ts"
import type { CellSpec } from "./cellSpec.ts"

/** All that a trained network needs to be used on new images, beside its weights: it lies in their metadata. */
export interface Recipe {
  readonly format: 1
  readonly model: PartSpec
  readonly size: readonly [rows: number, columns: number]
  readonly resize: PartSpec
  readonly intensity: PartSpec
  /** How the files of the images are read. */
  readonly axis: SliceAxisChoice
  readonly channel: number | null
  /** Of PNG images. */
  readonly spacingMm: readonly [row: number, column: number] | null
  readonly batchSize: number
}

/** The name of a recipe among the metadata. */
export const recipeKey = "losslab.recipe"

/** The recipe of what a cell trains, as text. A source that says nothing of slices has them along z. */
export const encodeRecipe = ({ load, train }: CellSpec): string => {
  const { axis = "z", channel = null, spacingMm = null } = load.source
  const recipe: Json = {
    format: 1,
    model: train.model,
    size: load.size,
    resize: load.resize,
    intensity: load.intensity,
    axis,
    channel,
    spacingMm,
    batchSize: train.batchSize,
  }
  return JSON.stringify(recipe)
}

const pair = (doc: string, item: Description): Description => ({
  tag: "list",
  doc,
  item,
  minItems: 2,
  maxItems: 2,
})

const orNull = (option: Description): Description => ({
  tag: "anyOf",
  doc: option.doc,
  options: [option],
  default: null,
})

const description: RecordDescription = {
  tag: "record",
  doc: "How a network is used.",
  fields: {
    format: { tag: "integer", doc: "Version of this record.", minimum: 1, maximum: 1 },
    model: sumOf("model", "The network.", catalogs.models),
    size: pair("Rows and columns.", { tag: "integer", doc: "Pixels.", minimum: 8, maximum: 4096 }),
    resize: sumOf("way to resize", "How slices reach this size.", catalogs.resizes),
    intensity: sumOf("intensity rule", "How voxels become the network's input.", catalogs.intensities),
    axis: { tag: "enum", doc: "Along which slices lie.", values: sliceAxes },
    channel: orNull({ tag: "integer", doc: "Of images that have several.", minimum: 0 }),
    spacingMm: orNull(
      pair("Of PNG images.", { tag: "number", doc: "Millimetres.", exclusiveMinimum: 0, maximum: 1000 }),
    ),
    batchSize: { tag: "integer", doc: "Slices at once.", minimum: 1, maximum: 4096 },
  },
  check: ({ model, size }: Recipe) => {
    const { divisor } = buildPart(catalogs.models, model).value
    return size.every((pixels) => pixels % divisor === 0)
      ? null
      : { path: "size", message: `the model halves rows and columns that are no multiples of ${divisor}` }
  },
}

/** A recipe out of a file that anybody may have written. Throws Failure("data") with everything that is wrong.
 *  @param file named in problems */
export const decodeRecipe = (text: string, file: string): Recipe => {
  const decoded = codecOf(description).decode(parsed(text, file))
  if (E.isRight(decoded)) return decoded.right as Recipe // the description says so
  throw new Failure(
    "data",
    decoded.left.map((error): Problem => {
      const { message, expected, found, suggestion } = issueOf(error)
      const path = shownPath(["recipe", ...pathOf(error)])
      return {
        file,
        path,
        message: `${path}: ${message}`,
        ...(expected === undefined ? {} : { expected }),
        ...(found === undefined ? {} : { found }),
        ...(suggestion === undefined ? {} : { suggestion }),
        fix: "use the version of losslab that wrote the checkpoint",
      }
    }),
  )
}

const parsed = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw failure(
      "data",
      {
        message: "the recipe in the checkpoint is not JSON",
        file,
        path: "recipe",
        fix: "copy the file again",
      },
      error,
    )
  }
}
