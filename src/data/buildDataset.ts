import { setImmediate as nextTurn } from "node:timers/promises"
import { Failure, type Problem } from "../failure/failure.ts"
import type { Dataset, SliceSet, TestCase } from "./dataset.ts"
import { labelProblems } from "./foreground.ts"
import { packMask } from "./packedMask.ts"
import { type SplitName, splitNames } from "./placement.ts"
import { areaAverage, areaMajority } from "./resample.ts"
import type { Case, CaseVolume, Source } from "./source.ts"
import { type SplitCases, type SplitRule, splitCases } from "./split.ts"

export interface DatasetOptions {
  readonly split: SplitRule
  /** Training size. */
  readonly size: readonly [rows: number, columns: number]
  /** Applied to each volume at native resolution. */
  readonly intensity: (voxels: Float32Array) => Float32Array
  readonly onCase?: (done: number, total: number) => void
}

/** Reads every case of the splits and makes slices of the training size; test cases keep their native masks.
 *  Cases come one at a time, and other work gets a turn after each slice. Throws Failure("data") with every
 *  problem of every case, once all have been read. */
export const buildDataset = async (source: Source, options: DatasetOptions): Promise<Dataset> => {
  const [rows, columns] = options.size
  const cases = splitCases(await source.cases(), options.split)
  const total = splitNames.reduce((sum, split) => sum + cases[split].length, 0)
  const problems: Problem[] = []
  const testCases: TestCase[] = []
  const labels = new Map<string, readonly number[]>()
  let done = 0
  const read = async (split: SplitName): Promise<readonly SliceSet[]> => {
    const sets: SliceSet[] = []
    for (const one of cases[split]) {
      try {
        const volume = await source.read(one.id)
        sets.push(await slicesOf(volume, options))
        labels.set(one.id, volume.labels ?? [])
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
  if (problems.length === 0) {
    problems.push(...secondAnnotatorProblems([...sets.train, ...sets.validation]))
    problems.push(...labelProblems((await source.foreground?.()) ?? null, labels))
  }
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
    patients: {
      train: patientsOf(cases.train),
      validation: patientsOf(cases.validation),
      test: patientsOf(cases.test),
    },
    remarks: [
      ...((await source.remarks?.()) ?? []),
      ...remarksOnUnused(cases),
      ...remarksOn("training", train),
      ...remarksOn("validation", validation),
      ...remarksOn("test", test),
    ],
  }
}

const patientsOf = (cases: readonly Case[]): string[] => [...new Set(cases.map(({ patient }) => patient))]

const remarksOnUnused = (cases: SplitCases): string[] => {
  const used = new Set(patientsOf(splitNames.flatMap((split) => cases[split])))
  const unused = patientsOf(cases.unused)
  const strangers = unused.filter((patient) => !used.has(patient))
  const leftOut = cases.unused.filter(({ patient }) => used.has(patient)).map(({ id }) => id)
  return [
    ...(strangers.length === 0
      ? []
      : [`${counted(strangers.length, "patient is", "patients are")} in no split: ${listed(strangers)}`]),
    ...(leftOut.length === 0
      ? []
      : [
          `${counted(leftOut.length, "case is", "cases are")} left out, of patients that are used: ${listed(leftOut)}`,
        ]),
  ]
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** At most ten names, and how many more there are. */
const listed = (names: readonly string[]): string => {
  const most = 10
  const more = names.length - most
  return more <= 0 ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${more} more`
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
