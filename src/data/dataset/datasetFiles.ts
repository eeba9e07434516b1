import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { failure } from "../../failure/failure.ts"
import { decodeSafetensors, encodeSafetensors, type SafetensorsArray } from "../files/safetensors.ts"
import type { Dataset, SliceSet, TestCase } from "./dataset.ts"
import type { PackedMask } from "./packedMask.ts"

/** dataset.json: all of a dataset but its arrays. */
interface Index extends Pick<Dataset, "rows" | "columns" | "resize" | "patients" | "remarks"> {
  readonly ids: Readonly<Record<SplitName, SliceSet["ids"]>>
  readonly testCases: readonly (Omit<TestCase, "expert" | "annotators"> & {
    readonly annotators: readonly string[]
  })[]
}

const splitNames = ["train", "validation", "test"] as const
type SplitName = (typeof splitNames)[number]

const indexFile = "dataset.json"
const sliceFile = (split: SplitName) => `${split}.safetensors`
const caseFile = (number: number) => `case-${number}.safetensors`

/** The files that hold a dataset, by name: dataset.json, the slices of each split, and the native masks of each
 *  test case, eight voxels per byte. */
export const datasetToFiles = (dataset: Dataset): Readonly<Record<string, Uint8Array>> => {
  const { rows, columns, resize, patients, remarks, testCases } = dataset
  const index: Index = {
    rows,
    columns,
    resize,
    patients,
    remarks,
    ids: { train: dataset.train.ids, validation: dataset.validation.ids, test: dataset.test.ids },
    testCases: testCases.map(({ expert: _, annotators, ...rest }) => ({
      ...rest,
      annotators: Object.keys(annotators),
    })),
  }
  return Object.fromEntries([
    [indexFile, new TextEncoder().encode(`${JSON.stringify(index)}\n`)],
    ...splitNames.map((split) => [sliceFile(split), encodeSlices(dataset[split], rows, columns)]),
    ...testCases.map((one, number) => [caseFile(number), encodeCase(one)]),
  ])
}

/** The inverse of datasetToFiles. Throws Failure("data") when a file is missing or damaged. */
export const datasetFromFiles = async (folder: string): Promise<Dataset> => {
  const { ids, testCases, ...rest } = JSON.parse(
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
  const caseOf = async ({ annotators, ...rest }: Index["testCases"][number], number: number) => {
    const arrays = await arraysOf(caseFile(number))
    const [columns, rows, slices] = rest.geometry.shape
    const mask = (name: string): PackedMask => ({
      length: columns * rows * slices,
      bits: arrays[name]!.data as Uint8Array,
    })
    return {
      ...rest,
      expert: mask("expert"),
      annotators: Object.fromEntries(annotators.map((name) => [name, mask(annotatorKey(name))])),
    }
  }
  return {
    ...rest,
    train: await slicesOf("train"),
    validation: await slicesOf("validation"),
    test: await slicesOf("test"),
    testCases: await Promise.all(testCases.map(caseOf)),
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

const encodeCase = ({ expert, annotators }: TestCase): Uint8Array => {
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
