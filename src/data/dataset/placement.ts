import type { Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import type { Case } from "../sources/source.ts"

export const splitNames = ["train", "validation", "test"] as const
export type SplitName = (typeof splitNames)[number]

/** Which split a patient, or one case of a patient, comes into, as somebody wrote it down. */
export interface Placement {
  readonly name: string
  readonly by: "patient" | "case"
  readonly split: SplitName
  /** Where it is written. */
  readonly place: Pick<Problem, "file" | "line" | "column" | "path">
}

/** The split of every case that is placed, by the case's id, and everything that is wrong with the placements: a
 *  name that the data do not have, one that is placed twice, a patient in two splits, a patient that the source
 *  itself keeps for another purpose. Names are compared in Unicode's composed form. */
export const placeCases = (
  cases: readonly Case[],
  placements: readonly Placement[],
): { readonly splits: ReadonlyMap<string, SplitName>; readonly problems: readonly Problem[] } => {
  const splits = new Map<string, SplitName>()
  const splitOfPatient = new Map<string, Placement>()
  const firstOf = new Map<string, Placement>()
  const problems = placements.flatMap((placement): Problem[] => {
    const { name, by, split, place } = placement
    const nameOf = ({ id, patient }: Case) => (by === "case" ? id : patient).normalize()
    const wanted = name.normalize()
    const chosen = cases.filter((one) => nameOf(one) === wanted)
    const [first] = chosen
    if (first === undefined) return [{ ...place, ...unknown(name, by, [...new Set(cases.map(nameOf))]) }]
    const before = firstOf.get(wanted)
    if (before !== undefined) return [{ ...place, ...twice(placement, before) }]
    firstOf.set(wanted, placement)
    const torn = splitOfPatient.get(first.patient) ?? placement
    splitOfPatient.set(first.patient, torn)
    for (const { id } of chosen) splits.set(id, split)
    return [
      ...(torn.split === split ? [] : [{ ...place, ...tornApart(first.patient, placement, torn) }]),
      ...(first.group === null || (first.group === "test") === (split === "test")
        ? []
        : [{ ...place, ...wrongGroup(first, split) }]),
    ]
  })
  return { splits, problems }
}

const unknown = (name: string, by: Placement["by"], names: readonly string[]): Problem => {
  const suggestion = nearest(name, names)
  const maxShown = 5
  return {
    message: `the data have no ${by} ${name}`,
    expected: `one of ${[...names.slice(0, maxShown), ...(names.length > maxShown ? ["..."] : [])].join(", ")}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}

const twice = ({ name, by, split }: Placement, before: Placement): Problem => ({
  message: `${by} ${name} is named twice`,
  found: before.split === split ? `twice for ${split}` : `${before.split} and ${split}`,
  fix: "name it once: a patient in two splits makes the test worthless",
})

const tornApart = (patient: string, { split }: Placement, before: Placement): Problem => ({
  message: `patient ${patient} is in two splits, through the cases`,
  found: `${before.split} (case ${before.name}) and ${split}`,
  fix: "put all cases of a patient into one split: a patient in two splits makes the test worthless",
})

const wrongGroup = ({ patient, group }: Case, split: SplitName): Problem => ({
  message: `the source keeps patient ${patient} in its ${group === "test" ? "test" : "training"} group`,
  expected: group === "test" ? "test" : "train or validation",
  found: split,
})
