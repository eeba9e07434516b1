import { setImmediate as nextTurn } from "node:timers/promises"
import { Failure, type Problem } from "../failure/failure.ts"
import type { Key } from "../tensor/key.ts"
import type { Dataset, SliceSet, TestCase } from "./dataset.ts"
import { packMask } from "./packedMask.ts"
import { areaAverage, areaMajority } from "./resample.ts"
import type { Case, CaseVolume, Source } from "./source.ts"
import { type Split, splitPatients } from "./split.ts"

export interface DatasetOptions {
  readonly split: Split
  /** Training size. */
  readonly size: readonly [rows: number, columns: number]
  /** Applied to each volume at native resolution. */
  readonly intensity: (voxels: Float32Array) => Float32Array
  /** Decides which patients come into which split. */
  readonly key: Key
  readonly onCase?: (done: number, total: number) => void
}

const splitNames = ["train", "validation", "test"] as const
type SplitName = (typeof splitNames)[number]

/** Reads every case of the splits and makes slices of the training size; test cases keep their native masks.
 *  Cases come one at a time, and other work gets a turn after each slice. Throws Failure("data") with every
 *  problem of every case, once all have been read. */
export const buildDataset = async (source: Source, options: DatasetOptions): Promise<Dataset> => {
  const [rows, columns] = options.size
  const cases = await source.cases()
  const patients = splitPatients(cases, options.split, options.key)
  const casesOf = (split: SplitName) => {
    const chosen = new Set(patients[split])
    return cases.filter(({ patient }) => chosen.has(patient))
  }
  const total = splitNames.reduce((sum, split) => sum + casesOf(split).length, 0)
  const problems: Problem[] = []
  const testCases: TestCase[] = []
  let done = 0
  const read = async (split: SplitName): Promise<readonly SliceSet[]> => {
    const sets: SliceSet[] = []
    for (const one of casesOf(split)) {
      try {
        const volume = await source.read(one.id)
        sets.push(await slicesOf(volume, options))
        if (split === "test") testCases.push(testCaseOf(one, volume))
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "data") throw error
        problems.push(...error.problems)
      }
      options.onCase?.(++done, total)
    }
    return sets
  }
  const sets = { train: await read("train"), validation: await read("validation"), test: await read("test") }
  if (problems.length === 0) problems.push(...secondAnnotatorProblems([...sets.train, ...sets.validation]))
  if (problems.length > 0) throw new Failure("data", problems)
  const train = joined(sets.train)
  const validation = joined(sets.validation)
  const test = joined(sets.test)
  return {
    rows,
    columns,
    train,
    validation,
    test,
    testCases,
    patients,
    remarks: [
      ...remarksOn("training", train),
      ...remarksOn("validation", validation),
      ...remarksOn("test", test),
    ],
  }
}

const testCaseOf = ({ id, patient }: Case, { geometry, axis, expert, annotators }: CaseVolume): TestCase => ({
  id,
  patient,
  geometry,
  axis,
  expert: packMask(expert),
  annotators: Object.fromEntries(Object.entries(annotators).map(([name, mask]) => [name, packMask(mask)])),
})

const slicesOf = async (volume: CaseVolume, options: DatasetOptions): Promise<SliceSet> => {
  const [rows, columns] = options.size
  const [fromColumns, fromRows, count] = volume.geometry.shape
  const native = fromRows * fromColumns
  const pixels = rows * columns
  const intensities = options.intensity(volume.image)
  const images = new Float32Array(count * pixels)
  const masks = new Uint8Array(count * pixels)
  const second = volume.second === undefined ? undefined : new Uint8Array(count * pixels)
  for (let slice = 0; slice < count; slice++) {
    const at = slice * native
    const mask = (voxels: Uint8Array) =>
      areaMajority(voxels.subarray(at, at + native), fromRows, fromColumns, rows, columns)
    images.set(
      areaAverage(intensities.subarray(at, at + native), fromRows, fromColumns, rows, columns),
      slice * pixels,
    )
    masks.set(mask(volume.expert), slice * pixels)
    if (volume.second !== undefined) second?.set(mask(volume.second), slice * pixels)
    await nextTurn()
  }
  const ids = Array.from({ length: count }, (_, slice) => ({ case: volume.id, slice }))
  return { count, ids, images, masks, ...(second === undefined ? {} : { second }) }
}

/** A loss that needs the second annotator needs it in every slice. */
const secondAnnotatorProblems = (sets: readonly SliceSet[]): Problem[] => {
  const without = sets.filter(({ second }) => second === undefined)
  if (without.length === 0 || without.length === sets.length) return []
  return [
    {
      message: "the second annotator is missing for some of the cases",
      path: "load.source",
      expected: "masks of the second annotator for all cases or for none",
      found: `none for ${without.map(({ ids }) => ids[0]?.case).join(", ")}`,
    },
  ]
}

const joined = (sets: readonly SliceSet[]): SliceSet => {
  const seconds = sets.flatMap(({ second }) => (second === undefined ? [] : [second]))
  const images = new Float32Array(sets.reduce((sum, set) => sum + set.images.length, 0))
  let at = 0
  for (const set of sets) {
    images.set(set.images, at)
    at += set.images.length
  }
  return {
    count: sets.reduce((sum, { count }) => sum + count, 0),
    ids: sets.flatMap(({ ids }) => ids),
    images,
    masks: joinedMasks(sets.map(({ masks }) => masks)),
    ...(seconds.length === 0 ? {} : { second: joinedMasks(seconds) }),
  }
}

const joinedMasks = (parts: readonly Uint8Array[]): Uint8Array => {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

const remarksOn = (name: string, { count, masks }: SliceSet): string[] => {
  const pixels = masks.length / count
  let empty = 0
  for (let i = 0; i < count; i++) if (!masks.subarray(i * pixels, (i + 1) * pixels).includes(1)) empty++
  return empty === 0 ? [] : [`${empty} of ${count} ${name} slices show no prostate`]
}
