import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { failure } from "../failure/failure.ts"
import type { Dataset, Geometry, SliceSet, TestPatient } from "./dataset.ts"
import type { PackedMask } from "./packedMask.ts"
import { decodeSafetensors, encodeSafetensors, type SafetensorsArray } from "./safetensors.ts"

/** dataset.json: all of a dataset but its arrays. */
interface Index extends Pick<Dataset, "rows" | "columns" | "patients" | "remarks"> {
  readonly ids: Readonly<Record<SplitName, SliceSet["ids"]>>
  readonly testPatients: readonly {
    readonly id: string
    readonly geometry: Geometry
    readonly annotators: readonly string[]
  }[]
}

const splitNames = ["train", "validation", "test"] as const
type SplitName = (typeof splitNames)[number]

const indexFile = "dataset.json"
const sliceFile = (split: SplitName) => `${split}.safetensors`
const patientFile = (number: number) => `patient-${number}.safetensors`

/** The files that hold a dataset, by name: dataset.json, the slices of each split, and the native masks of each
 *  test patient, eight voxels per byte. */
export const datasetToFiles = (dataset: Dataset): Readonly<Record<string, Uint8Array>> => {
  const { rows, columns, patients, remarks, testPatients } = dataset
  const index: Index = {
    rows,
    columns,
    patients,
    remarks,
    ids: { train: dataset.train.ids, validation: dataset.validation.ids, test: dataset.test.ids },
    testPatients: testPatients.map(({ id, geometry, annotators }) => ({
      id,
      geometry,
      annotators: Object.keys(annotators),
    })),
  }
  return Object.fromEntries([
    [indexFile, new TextEncoder().encode(`${JSON.stringify(index)}\n`)],
    ...splitNames.map((split) => [sliceFile(split), encodeSlices(dataset[split], rows, columns)]),
    ...testPatients.map((patient, number) => [patientFile(number), encodePatient(patient)]),
  ])
}

/** The inverse of datasetToFiles. Throws Failure("data") when a file is missing or damaged. */
export const datasetFromFiles = async (folder: string): Promise<Dataset> => {
  const { ids, testPatients, ...rest } = JSON.parse(
    new TextDecoder().decode(await contentOf(join(folder, indexFile))),
  ) as Index
  const arraysOf = async (name: string) => {
    const file = join(folder, name)
    return decodeSafetensors(await contentOf(file), file).arrays
  }
  const slicesOf = async (split: SplitName): Promise<SliceSet> => {
    const { images, masks, second } = await arraysOf(sliceFile(split))
    return {
      count: ids[split].length,
      ids: ids[split],
      images: images!.data as Float32Array,
      masks: masks!.data as Uint8Array,
      ...(second === undefined ? {} : { second: second.data as Uint8Array }),
    }
  }
  const patientOf = async ({ id, geometry, annotators }: Index["testPatients"][number], number: number) => {
    const arrays = await arraysOf(patientFile(number))
    const [columns, rows, slices] = geometry.shape
    const mask = (name: string): PackedMask => ({
      length: columns * rows * slices,
      bits: arrays[name]!.data as Uint8Array,
    })
    return {
      id,
      geometry,
      expert: mask("expert"),
      annotators: Object.fromEntries(annotators.map((name) => [name, mask(annotatorKey(name))])),
    }
  }
  return {
    ...rest,
    train: await slicesOf("train"),
    validation: await slicesOf("validation"),
    test: await slicesOf("test"),
    testPatients: await Promise.all(testPatients.map(patientOf)),
  }
}

const contentOf = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((error: Error) => {
    throw failure(
      "data",
      {
        message: "a stored dataset is incomplete",
        file,
        found: error.message,
        fix: "run the same command again",
      },
      error,
    )
  })

const encodeSlices = (
  { count, images, masks, second }: SliceSet,
  rows: number,
  columns: number,
): Uint8Array => {
  const shape = [count, rows, columns]
  return encodeSafetensors({
    images: { dtype: "F32", shape, data: images },
    masks: { dtype: "U8", shape, data: masks },
    ...(second === undefined ? {} : { second: { dtype: "U8", shape, data: second } }),
  })
}

const annotatorKey = (name: string) => `annotator ${name}`

const encodePatient = ({ expert, annotators }: TestPatient): Uint8Array => {
  const array = ({ bits }: PackedMask): SafetensorsArray => ({
    dtype: "U8",
    shape: [bits.length],
    data: bits,
  })
  return encodeSafetensors({
    expert: array(expert),
    ...Object.fromEntries(
      Object.entries(annotators).map(([name, mask]) => [annotatorKey(name), array(mask)]),
    ),
  })
}
