import type { Case } from "../sources/source.ts"
import type { SliceSet } from "./dataset.ts"
import { splitNames } from "./placement.ts"
import type { SplitCases } from "./split.ts"

/** The patients of cases, each once. */
export const patientsOf = (cases: readonly Case[]): string[] => [
  ...new Set(cases.map(({ patient }) => patient)),
]

/** Who is in no split, and which cases of the others are. */
export const remarksOnUnused = (cases: SplitCases): string[] => {
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

/** @param cropped by case: voxels of the expert's mask that lie outside of what the network sees */
export const remarksOnCropping = (cropped: ReadonlyMap<string, number>): string[] => {
  const cases = [...cropped].flatMap(([name, voxels]) => (voxels === 0 ? [] : [name]))
  const voxels = [...cropped.values()].reduce((sum, count) => sum + count, 0)
  return voxels === 0
    ? []
    : [
        `cropping to load.size cuts off ${counted(voxels, "voxel", "voxels")} of the expert's masks in ${counted(cases.length, "case", "cases")}: ${listed(cases)}`,
      ]
}

/** @param name of the split: "training" */
export const remarksOnEmpty = (name: string, { count, masks }: SliceSet): string[] => {
  const pixels = masks.length / count
  let empty = 0
  for (let i = 0; i < count; i++) if (!masks.subarray(i * pixels, (i + 1) * pixels).includes(1)) empty++
  return empty === 0 ? [] : [`${empty} of ${count} ${name} slices show no foreground`]
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** At most ten names, and how many more there are. */
const listed = (names: readonly string[]): string => {
  const most = 10
  const more = names.length - most
  return more <= 0 ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${more} more`
}
