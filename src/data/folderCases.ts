import { resolve } from "node:path"
import { Failure, type Problem } from "../failure/failure.ts"
import type { CaseFiles } from "./caseFiles.ts"
import { type NamedFiles, type NamePattern, namedFiles, nameOption, someOf } from "./namedFiles.ts"

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

interface Role extends NamedFiles {
  /** "load.source.images" */
  readonly option: string
  readonly folder: string
}

/** Pairs images and masks by the case's name. Throws Failure("data") with everything that is missing, double or not
 *  to be read.
 *  @returns cases by name, and remarks on what was passed over */
export const folderCases = async (
  layout: FolderLayout,
): Promise<{ readonly cases: readonly CaseFiles[]; readonly remarks: readonly string[] }> => {
  const problems: Problem[] = []
  const role = async (folder: string, pattern: NamePattern, name: string): Promise<Role> => {
    const option = `load.source.${name}`
    return { option, folder: resolve(folder), ...(await namedFiles(folder, pattern, option, problems)) }
  }
  const images = await role(layout.images, layout.imageName, "images")
  const masks = await role(layout.masks, layout.maskName, "masks")
  const second = layout.second === null ? null : await role(layout.second, layout.secondName, "second")
  problems.push(...unpaired(images, masks))
  if (second !== null) problems.push(...unpaired(images, second))
  const cases = [...images.files].flatMap(([key, { name, file }]): CaseFiles[] => {
    const expert = masks.files.get(key)?.file
    if (expert === undefined) return []
    const other = second?.files.get(key)?.file
    const patient = layout.patient === null ? name : (new RegExp(layout.patient, "u").exec(name)?.[1] ?? "")
    const seconds = other === undefined ? {} : { second: other }
    return [{ id: name, patient, group: null, image: file, expert, ...seconds, annotators: {} }]
  })
  const nobodys = cases.filter(({ patient }) => patient === "").map(({ id }) => id)
  if (nobodys.length > 0)
    problems.push({
      message: "the patient cannot be found in the names of cases",
      path: "load.source.patient",
      expected: `names in which ${layout.patient} finds a patient`,
      found: someOf(nobodys),
      fix: "change the expression, or write null when every case is of another patient",
    })
  if (problems.length > 0) throw new Failure("data", problems)
  const roles = [images, masks, ...(second === null ? [] : [second])]
  return { cases, remarks: [...passedOver(roles), ...onPatients(cases, layout.patient)] }
}

/** What is there for one of two folders and not for the other. */
const unpaired = (images: Role, masks: Role): Problem[] => {
  if (images.files.size === 0 || masks.files.size === 0) return [] // said already
  const without = (one: Role, other: Role) =>
    [...one.files].filter(([key]) => !other.files.has(key)).map(([, { name }]) => name)
  const maskless = without(images, masks)
  const imageless = without(masks, images)
  if (maskless.length === images.files.size)
    return [
      {
        message: "no image has a mask of its name",
        file: masks.folder,
        path: masks.option,
        expected: `the names of images: ${someOf(maskless)}`,
        found: someOf(imageless),
        fix: `set ${nameOption(images.option)} or ${nameOption(masks.option)} to what the names have besides the case's${hint(maskless, imageless, masks.option)}`,
      },
    ]
  const problem = (names: readonly string[], message: string, file: string, path: string): Problem[] =>
    names.length === 0
      ? []
      : [{ message, file, path, found: someOf(names, 20), fix: "add what is missing, or take away the rest" }]
  return [
    ...problem(maskless, "images have no mask", masks.folder, masks.option),
    ...problem(imageless, "masks have no image", images.folder, masks.option),
  ]
}

/** The pattern that would pair the first image with a mask that has more in its name. */
const hint = (images: readonly string[], masks: readonly string[], option: string): string => {
  const image = images[0]!
  const mask = masks.find((name) => name.includes(image))
  return mask === undefined ? "" : `: ${nameOption(option)}: "${mask.replace(image, "{case}")}"`
}

/** Files that no role took, once for each folder. */
const passedOver = (roles: readonly Role[]): string[] =>
  [...new Set(roles.map(({ folder }) => folder))].flatMap((folder) => {
    const [first, ...more] = roles.filter((role) => role.folder === folder)
    const names = first!.others.filter((name) => more.every(({ others }) => others.includes(name)))
    const option = first!.option.replace("load.source.", "")
    return names.length === 0 ? [] : [`Passed over in the folder of ${option}: ${someOf(names)}.`]
  })

const onPatients = (cases: readonly CaseFiles[], pattern: string | null): string[] =>
  pattern === null
    ? [`Every one of the ${cases.length} cases counts as a patient of its own.`]
    : [`${cases.length} cases of ${new Set(cases.map(({ patient }) => patient)).size} patients.`]
