import type { Problem } from "../../failure/failure.ts"
import type { Volume } from "../files/volume.ts"

/** What of a mask file is inside. */
export interface Foreground {
  /** 0 or 1, in the order of the file. */
  readonly mask: Uint8Array
  /** The values that were taken for inside, ascending; none in an empty mask. */
  readonly labels: readonly number[]
  readonly problems: readonly Problem[]
}

/** How a person says which labels are inside. */
export interface LabelOption {
  /** "load.source.foreground" */
  readonly name: string
  /** What to write: "load.source.foreground: [1, 2]". */
  readonly write: (labels: readonly number[]) => string
}

const ofSource: LabelOption = {
  name: "load.source.foreground",
  write: (labels) => `load.source.foreground: [${labels.join(", ")}]`,
}

/** Finds what is inside in voxels that come in blocks, so that these need not be kept. */
export interface ForegroundReader {
  look(block: ArrayLike<number>): void
  /** When all have come. */
  foreground(): Foreground
}

/** Voxels that scaling has left this close to a whole number are that number. */
const tolerance = 1e-4

const maxShown = 8

/** What is inside in a mask of whole numbers.
 *  @param voxels how many will come
 *  @param labels the values that mean inside; null: the mask holds 0 and one other value, which does. A mask with
 *    more is then a problem that shows them, as is one with fractions in any case
 *  @param declared the values that dataset.json has, 0 aside: any other is a problem; null: any may be there */
export const foregroundReader = (
  file: string,
  voxels: number,
  labels: readonly number[] | null,
  option: LabelOption = ofSource,
  declared: readonly number[] | null = null,
): ForegroundReader => {
  const mask = new Uint8Array(voxels)
  /** Of no more values than messages and labels need: a file that is no mask may hold any number of them. */
  const counts = new Map<number, number>()
  const most = maxShown + (declared === null ? 0 : 1 + declared.length)
  let more = false
  let at = 0
  // Neighbours are mostly alike, so the last answer is asked for again; a call per voxel would be felt.
  let last = Number.NaN
  let inside = 0
  let run = 0
  const isInside = (value: number) => labels?.includes(value) ?? value !== 0
  const count = () => {
    const value = labelOf(last)
    if (run === 0) return
    if (counts.has(value) || counts.size < most || labels?.includes(value))
      counts.set(value, (counts.get(value) ?? 0) + run)
    else more = true
    run = 0
  }
  return {
    look: (block) => {
      for (let i = 0; i < block.length; i++, at++, run++) {
        if (block[i] !== last) {
          count()
          last = block[i]!
          inside = isInside(labelOf(last)) ? 1 : 0
        }
        mask[at] = inside
      }
    },
    foreground: () => {
      count()
      const values = [...counts.keys()].sort((a, b) => a - b)
      const list = (some: readonly number[]) => {
        const shown = some.slice(0, maxShown).map((value) => `${value} (${voxelsOf(counts.get(value)!)})`)
        return [...shown, ...(more || some.length > maxShown ? ["..."] : [])].join(", ")
      }
      const own = values.filter(isInside)
      if (values.some((value) => !Number.isInteger(value)))
        return { mask, labels: [], problems: [fractions(file, list(values))] }
      const strange = values.filter((value) => value !== 0 && declared?.includes(value) === false)
      return {
        mask,
        labels: own,
        problems: [
          ...(labels === null && own.length > 1 ? [several(file, list(values), own, option)] : []),
          ...(strange.length > 0 ? [undeclared(file, list(strange))] : []),
        ],
      }
    },
  }
}

const voxelsOf = (count: number): string => `${count} ${count === 1 ? "voxel" : "voxels"}`

/** The same of a volume that is in memory. */
export const foregroundOf = (
  volume: Volume,
  labels: readonly number[] | null,
  declared: readonly number[] | null = null,
): Foreground => {
  const { file, voxels } = volume
  const reader = foregroundReader(file, voxels.length, labels, ofSource, declared)
  reader.look(voxels)
  return reader.foreground()
}

/** The whole number that a value is, or the value itself when it is none. */
const labelOf = (value: number): number => {
  const label = Math.round(value)
  return Math.abs(value - label) > tolerance ? value : label
}

const fractions = (file: string, found: string): Problem => ({
  message: "the mask holds fractions",
  file,
  expected: "whole numbers: 0 outside, labels inside",
  found,
  fix: "if it holds probabilities, decide where inside begins and convert it, for instance with nibabel: nibabel.Nifti1Image((array > 0.5).astype('uint8'), image.affine)",
})

const undeclared = (file: string, found: string): Problem => ({
  message: "the mask holds a label that dataset.json does not have",
  file,
  found,
  fix: "mend the mask, or add the label to dataset.json",
})

const several = (
  file: string,
  found: string,
  values: readonly number[],
  { name, write }: LabelOption,
): Problem => ({
  message: "the mask holds more than 0 and one other value",
  file,
  expected: `0 outside and one value inside, unless ${name} says which values are inside`,
  found,
  fix:
    values.length < maxShown - 1
      ? `say which are inside, for instance ${write(values)}`
      : `check that it is a mask, not an image; if it is, ${name} says which values are inside`,
})

/** What is wrong with the labels of all masks together: one that is listed and that no mask has, or, when none are
 *  listed, different values that mean inside in different masks.
 *  @param found labels of each case's mask   @param what these masks are called */
export const labelProblems = (
  labels: readonly number[] | null,
  found: ReadonlyMap<string, readonly number[]>,
  { name: path, write }: LabelOption = ofSource,
  what = "masks",
): Problem[] => {
  const cases = new Map<number, string[]>()
  for (const [name, values] of found)
    for (const value of values) cases.set(value, [...(cases.get(value) ?? []), name])
  if (labels !== null)
    return labels
      .filter((label) => !cases.has(label))
      .map((label) => ({
        message: `no mask holds the label ${label}`,
        path,
        expected: "labels that at least one of the masks has",
        found: `${[...cases.keys()].sort((a, b) => a - b).join(", ") || "none of the listed labels"} in ${found.size} masks`,
        fix: "list only labels that are there",
      }))
  if (cases.size < 2) return []
  const some = (names: readonly string[]) =>
    [...names.slice(0, 3), ...(names.length > 3 ? ["..."] : [])].join(", ")
  const shown = [...cases].sort(([a], [b]) => a - b).map(([value, names]) => `${value} in ${some(names)}`)
  return [
    {
      message: `the ${what} do not agree on the value that means inside`,
      path,
      expected: `0 and one other value, the same in all ${what}`,
      found: shown.join("; "),
      fix: `if all of them mean inside, write ${write([...cases.keys()].sort((a, b) => a - b))}`,
    },
  ]
}
