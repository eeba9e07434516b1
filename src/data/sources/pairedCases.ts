import { resolve } from "node:path"
import type { Problem } from "../../failure/failure.ts"
import type { CaseFiles } from "./caseFiles.ts"
import { type NamedFiles, someOf } from "./namedFiles.ts"
import type { Case } from "./source.ts"

/** Folders of files that belong together by the names of the cases. */
export interface Roles {
  readonly images: NamedFiles
  readonly masks: NamedFiles
  /** The second annotator's masks. */
  readonly second?: NamedFiles
}

/** Who is whose. */
export interface Belonging {
  /** Regular expression that finds the patient in a case's name, as its only group; null: each case is a patient. */
  readonly patient: string | null
  readonly group: Case["group"]
}

/** Pairs images and masks by the case's name; whatever one of them lacks is a problem.
 *  @returns by name, the cases that have all files */
export const pairedCases = (
  { images, masks, second }: Roles,
  { patient, group }: Belonging,
  problems: Problem[],
): readonly CaseFiles[] => {
  problems.push(...unpaired(images, masks))
  if (second !== undefined) problems.push(...unpaired(images, second))
  const cases = [...images.files].flatMap(([key, { name, file }]): CaseFiles[] => {
    const expert = masks.files.get(key)?.file
    if (expert === undefined) return []
    const other = second?.files.get(key)?.file
    const whose = patient === null ? name : (new RegExp(patient, "u").exec(name)?.[1] ?? "")
    const seconds = other === undefined ? {} : { second: other }
    return [{ id: name, patient: whose, group, image: file, expert, ...seconds, annotators: {} }]
  })
  const nobodys = cases.filter((one) => one.patient === "").map(({ id }) => id)
  if (nobodys.length > 0)
    problems.push({
      message: "the patient cannot be found in the names of cases",
      path: "load.source.patient",
      expected: `names in which ${patient} finds a patient`,
      found: someOf(nobodys),
      fix: "change the expression, or write null when every case is of another patient",
    })
  return cases
}

/** What is there for one of two folders and not for the other. */
const unpaired = (images: NamedFiles, masks: NamedFiles): Problem[] => {
  if (images.files.size === 0 || masks.files.size === 0) return [] // said already
  const without = (one: NamedFiles, other: NamedFiles) =>
    [...one.files].filter(([key]) => !other.files.has(key)).map(([, { name }]) => name)
  const maskless = without(images, masks)
  const imageless = without(masks, images)
  if (maskless.length === images.files.size)
    return [
      {
        message: "no image has a mask of its name",
        file: masks.folder,
        path: masks.path,
        expected: `the names of images: ${someOf(maskless)}`,
        found: someOf(imageless),
        fix: masks.renaming(likelyPattern(maskless, imageless)),
      },
    ]
  const problem = (names: readonly string[], message: string, file: string, path: string): Problem[] =>
    names.length === 0
      ? []
      : [{ message, file, path, found: someOf(names, 20), fix: "add what is missing, or take away the rest" }]
  return [
    ...problem(maskless, "images have no mask", masks.folder, masks.path),
    ...problem(imageless, "masks have no image", images.folder, masks.path),
  ]
}

/** The pattern that would pair the first image with a mask that has more in its name. */
const likelyPattern = (images: readonly string[], masks: readonly string[]): string => {
  const image = images[0]!
  return masks.find((name) => name.includes(image))?.replace(image, "{case}") ?? "{case}_mask"
}

/** Remarks on files that no role took, once for each folder. */
export const passedOver = (roles: readonly NamedFiles[]): readonly string[] =>
  [...new Set(roles.map(({ folder }) => resolve(folder)))].flatMap((folder) => {
    const [first, ...more] = roles.filter((role) => resolve(role.folder) === folder)
    const names = first!.others.filter((name) => more.every(({ others }) => others.includes(name)))
    return names.length === 0 ? [] : [`Passed over beside the files of ${first!.path}: ${someOf(names)}.`]
  })

/** A remark on how many patients there are, since a split is by patient. */
export const patientRemark = (cases: readonly CaseFiles[], pattern: string | null): string =>
  pattern === null
    ? `Every one of the ${cases.length} cases counts as a patient of its own.`
    : `${cases.length} cases of ${new Set(cases.map(({ patient }) => patient)).size} patients.`
