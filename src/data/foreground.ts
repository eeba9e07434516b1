import type { Problem } from "../failure/failure.ts"
import type { Volume } from "./volume.ts"

/** What of a mask file is inside. */
export interface Foreground {
  /** 0 or 1, in the order of the file. */
  readonly mask: Uint8Array
  /** The values that were taken for inside, ascending; none in an empty mask. */
  readonly labels: readonly number[]
  readonly problems: readonly Problem[]
}

/** Voxels that scaling has left this close to a whole number are that number. */
const tolerance = 1e-4

/** What is inside in a mask of whole numbers.
 *  @param labels the values that mean inside; null: the mask holds 0 and one other value, which does. A mask with
 *    more is then a problem that shows them, as is one with fractions in any case. */
export const foregroundOf = (volume: Volume, labels: readonly number[] | null): Foreground => {
  const { voxels } = volume
  const mask = new Uint8Array(voxels.length)
  const values = new Set<number>()
  // Neighbours are mostly alike, so the last answer is asked for again; a call per voxel would be felt.
  let last = Number.NaN
  let inside = 0
  for (let i = 0; i < voxels.length; i++) {
    if (voxels[i] !== last) {
      last = voxels[i]!
      const label = Math.round(last)
      if (Math.abs(last - label) > tolerance) return { mask, labels: [], problems: [fractions(volume)] }
      values.add(label)
      inside = (labels === null ? label !== 0 : labels.includes(label)) ? 1 : 0
    }
    mask[i] = inside
  }
  const found = [...values].filter((value) => labels?.includes(value) ?? value !== 0).sort((a, b) => a - b)
  return {
    mask,
    labels: found,
    problems: labels === null && found.length > 1 ? [several(volume, found)] : [],
  }
}

const maxShown = 8

const fractions = (volume: Volume): Problem => ({
  message: "the mask holds fractions",
  file: volume.file,
  expected: "whole numbers: 0 outside, labels inside",
  found: counted(volume),
  fix: "if it holds probabilities, decide where inside begins and convert it, for instance with nibabel: nibabel.Nifti1Image((array > 0.5).astype('uint8'), image.affine)",
})

const several = (volume: Volume, found: readonly number[]): Problem => ({
  message: "the mask holds more than 0 and one other value",
  file: volume.file,
  expected: "0 outside and one value inside, unless load.source.foreground says which values are inside",
  found: counted(volume),
  fix:
    found.length < maxShown
      ? `say which are inside, for instance load.source.foreground: [${found.join(", ")}]`
      : "check that it is a mask, not an image; if it is, load.source.foreground says which values are inside",
})

/** "0 (120 voxels), 1 (30 voxels)": the first values that come, ascending. */
const counted = ({ voxels }: Volume): string => {
  const counts = new Map<number, number>()
  let more = false
  for (const value of voxels)
    if (counts.has(value) || counts.size < maxShown) counts.set(value, (counts.get(value) ?? 0) + 1)
    else more = true
  const shown = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([value, count]) => `${value} (${count} ${count === 1 ? "voxel" : "voxels"})`)
  return [...shown, ...(more ? ["..."] : [])].join(", ")
}

/** What is wrong with the labels of all masks together: one that is listed and that no mask has, or, when none are
 *  listed, different values that mean inside in different masks.
 *  @param found labels of each case's mask */
export const labelProblems = (
  labels: readonly number[] | null,
  found: ReadonlyMap<string, readonly number[]>,
): Problem[] => {
  const cases = new Map<number, string[]>()
  for (const [name, values] of found)
    for (const value of values) cases.set(value, [...(cases.get(value) ?? []), name])
  if (labels !== null)
    return labels
      .filter((label) => !cases.has(label))
      .map((label) => ({
        message: `no mask holds the label ${label}`,
        path: "load.source.foreground",
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
      message: "the masks do not agree on the value that means inside",
      path: "load.source.foreground",
      expected: "0 and one other value, the same in all masks",
      found: shown.join("; "),
      fix: `if all of them mean inside, write load.source.foreground: [${[...cases.keys()].sort((a, b) => a - b).join(", ")}]`,
    },
  ]
}
