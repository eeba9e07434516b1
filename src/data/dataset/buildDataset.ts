import { Failure, type Problem } from "../../failure/failure.ts"
import { labelProblems } from "../sources/foreground.ts"
import type { Case, CaseVolume, Source } from "../sources/source.ts"
import type { Dataset, SliceSet, TestCase } from "./dataset.ts"
import { patientsOf, remarksOnCropping, remarksOnEmpty, remarksOnUnused } from "./datasetRemarks.ts"
import { type Fit, fitOf, type Resize } from "./fit.ts"
import { inCase } from "./inCase.ts"
import { packMask } from "./packedMask.ts"
import { type SplitName, splitNames } from "./placement.ts"
import { joinedSlices, slicesOf } from "./slices.ts"
import { type SplitRule, splitCases } from "./split.ts"

export interface DatasetOptions {
  readonly split: SplitRule
  /** Training size. */
  readonly size: readonly [rows: number, columns: number]
  readonly resize: Resize
  /** Applied to each volume at native resolution. */
  readonly intensity: (voxels: Float32Array) => Float32Array
  readonly onCase?: (done: number, total: number) => void
}

/** Reads every case of the splits and makes slices of the training size; test cases keep their native masks.
 *  Cases come one at a time, and other work gets a turn after each slice. Throws Failure("data") with every
 *  problem of every case, once all have been read. */
export const buildDataset = async (source: Source, options: DatasetOptions): Promise<Dataset> => {
  const { resize, intensity } = options
  const [rows, columns] = options.size
  const cases = splitCases(await source.cases(), options.split)
  const total = splitNames.reduce((sum, split) => sum + cases[split].length, 0)
  const problems: Problem[] = []
  const testCases: TestCase[] = []
  const labels = new Map<string, readonly number[]>()
  const cropped = new Map<string, number>()
  const nonempty = new Set<SplitName>()
  let done = 0
  const read = async (split: SplitName): Promise<readonly SliceSet[]> => {
    const sets: SliceSet[] = []
    for (const one of cases[split]) {
      try {
        const volume = await source.read(one.id)
        const fit = fitOf({ rows, columns, resize }, volume.geometry)
        sets.push(await slicesOf(volume, fit, intensity))
        cropped.set(one.id, croppedVoxels(volume, fit))
        labels.set(one.id, volume.labels ?? [])
        if (volume.expert.includes(1)) nonempty.add(split)
        if (split === "test") testCases.push(testCaseOf(one, volume))
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "data") throw error
        problems.push(...error.problems.map((problem) => inCase(one.id, problem)))
      }
      options.onCase?.(++done, total)
    }
    return sets
  }
  const sets = { train: await read("train"), validation: await read("validation"), test: await read("test") }
  if (problems.length === 0) {
    problems.push(...secondAnnotatorProblems([...sets.train, ...sets.validation]))
    problems.push(...emptyTrainingProblems(sets.train, nonempty.has("train")))
    problems.push(...labelProblems((await source.foreground?.()) ?? null, labels))
  }
  if (problems.length > 0) throw new Failure("data", problems)
  const train = joinedSlices(sets.train)
  const validation = joinedSlices(sets.validation)
  const test = joinedSlices(sets.test)
  return {
    rows,
    columns,
    resize,
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
      ...remarksOnCropping(cropped),
      ...remarksOnEmpty("training", train),
      ...remarksOnEmpty("validation", validation),
      ...remarksOnEmpty("test", test),
    ],
  }
}

/** Voxels of the expert's mask that no pixel at the training size shows. */
const croppedVoxels = ({ geometry: { shape }, expert }: CaseVolume, fit: Fit): number => {
  const pixels = shape[0] * shape[1]
  return Array.from({ length: shape[2] }, (_, slice) =>
    fit.cropped(expert.subarray(slice * pixels, (slice + 1) * pixels)),
  ).reduce((sum, count) => sum + count, 0)
}

const testCaseOf = ({ id, patient }: Case, { geometry, axis, expert, annotators }: CaseVolume): TestCase => ({
  id,
  patient,
  geometry,
  axis,
  expert: packMask(expert),
  annotators: Object.fromEntries(Object.entries(annotators).map(([name, mask]) => [name, packMask(mask)])),
})

/** Where nothing is inside, there is nothing to learn.
 *  @param nonempty whether a mask has something inside before it is brought to the training size */
const emptyTrainingProblems = (train: readonly SliceSet[], nonempty: boolean): Problem[] => {
  if (train.length === 0 || train.some(({ masks }) => masks.includes(1))) return []
  return [
    nonempty
      ? {
          message: "no training mask has anything inside at the training size",
          path: "load.size",
          expected: "foreground in at least one training slice",
          fix: "choose a larger load.size, so that the foreground is neither cropped nor lost",
        }
      : {
          message: "no training mask has anything inside",
          path: "load.source",
          expected: "foreground in at least one training mask",
          fix: "check that the masks were exported as labels, and load.source.foreground",
        },
  ]
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
