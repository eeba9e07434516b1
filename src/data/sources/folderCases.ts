import { Failure, type Problem } from "../../failure/failure.ts"
import type { CaseFiles } from "./caseFiles.ts"
import { type NamePattern, namedFiles } from "./namedFiles.ts"
import { pairedCases, passedOver, patientRemark } from "./pairedCases.ts"

/** Where images and masks lie, and how their names tell which belong together. */
export interface FolderLayout {
  readonly images: string
  readonly masks: string
  /** Masks of the second annotator; null: there is none. */
  readonly second: string | null
  readonly imageName: NamePattern
  readonly maskName: NamePattern
  readonly secondName: NamePattern
  /** Regular expression that finds the patient in a case's name, as its only group; null: each case is a patient. */
  readonly patient: string | null
}

/** Finds the cases of a layout. Throws Failure("data") with everything that is missing, double or not to be read.
 *  @returns cases by name, and remarks on what was passed over */
export const folderCases = async (
  layout: FolderLayout,
): Promise<{ readonly cases: readonly CaseFiles[]; readonly remarks: readonly string[] }> => {
  const problems: Problem[] = []
  const role = (folder: string, pattern: NamePattern, option: string, patternOption: string) => {
    const renaming = (likely: NamePattern) =>
      `set load.source.${patternOption} to what the names look like, without the ending: "${likely}"`
    return namedFiles({ folder, pattern, path: `load.source.${option}`, renaming }, problems)
  }
  const images = await role(layout.images, layout.imageName, "images", "imageName")
  const masks = await role(layout.masks, layout.maskName, "masks", "maskName")
  const seconds =
    layout.second === null
      ? {}
      : { second: await role(layout.second, layout.secondName, "second", "secondName") }
  const roles = { images, masks, ...seconds }
  const cases = pairedCases(roles, { patient: layout.patient, group: null }, problems)
  if (problems.length > 0) throw new Failure("data", problems)
  return { cases, remarks: [...passedOver(Object.values(roles)), patientRemark(cases, layout.patient)] }
}
