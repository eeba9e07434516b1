import { join, relative, resolve, sep } from "node:path"
import { Failure, failure, type Problem } from "../../../failure/failure.ts"
import { isThere } from "../../files/plainFile.ts"
import type { CaseFiles } from "../caseFiles.ts"
import { type NamedFiles, namedFiles, someOf } from "../namedFiles.ts"
import { pairedCases, patientRemark } from "../pairedCases.ts"
import type { DatasetJson } from "./datasetJson.ts"

export interface NnunetFolder {
  readonly folder: string
  /** Which channel to use; null: there is one. */
  readonly channel: number | null
  /** Regular expression that finds the patient in a case's name, as its only group; null: each case is a patient. */
  readonly patient: string | null
}

export interface NnunetCases {
  readonly cases: readonly CaseFiles[]
  /** The volume to take out of a 4-D file, as the Decathlon has them; null when channels are files of their own. */
  readonly channel: number | null
  readonly remarks: readonly string[]
}

/** Finds the cases in imagesTr and labelsTr, and in imagesTs where labelsTs is there too: these are then the test
 *  group. Throws Failure("data") with everything that is missing, double, or not as dataset.json says. */
export const nnunetCases = async (options: NnunetFolder, json: DatasetJson): Promise<NnunetCases> => {
  const { folder, patient } = options
  const problems: Problem[] = []
  const testImages = join(folder, "imagesTs")
  const hasTest = (await isThere(testImages)) && (await isThere(join(folder, "labelsTs")))
  const layout = await layoutOf(options, json, hasTest ? ["Tr", "Ts"] : ["Tr"])
  const inFolder = (name: string, pattern: string) =>
    namedFiles({ folder: join(folder, name), pattern, path: name, renaming: () => layout.naming }, problems)
  const group = async (suffix: "Tr" | "Ts", which: CaseFiles["group"]) => {
    const images = await inFolder(`images${suffix}`, layout.imagePattern)
    const masks = await inFolder(`labels${suffix}`, "{case}")
    return { images, masks, cases: pairedCases({ images, masks }, { patient, group: which }, problems) }
  }
  const training = await group("Tr", hasTest ? "train" : null)
  const test = hasTest ? await group("Ts", "test") : null
  problems.push(...contradictions(folder, json, training.images, training.masks))
  if (problems.length > 0) throw new Failure("data", problems)
  const cases = [...training.cases, ...(test?.cases ?? [])]
  const unused = !hasTest && (await isThere(testImages)) ? ["imagesTs is not used: it has no labelsTs."] : []
  return { cases, channel: layout.channel, remarks: [...unused, patientRemark(cases, patient)] }
}

interface Layout {
  readonly imagePattern: string
  readonly channel: number | null
  /** How files must be named, for messages. */
  readonly naming: string
}

const channelSuffix = /_(\d{4})$/

/** The Decathlon has one file for all channels, named as its label; nnU-Net one for each, case_0000.nii.gz. */
const layoutOf = async (
  { folder, channel }: NnunetFolder,
  json: DatasetJson,
  suffixes: readonly string[],
): Promise<Layout> => {
  // What is wrong in the folders is reported when they are read for good.
  const keysIn = async (name: string) => {
    const place = { folder: join(folder, name), pattern: "{case}", path: name, renaming: () => "" }
    return [...(await namedFiles(place, [])).files.keys()]
  }
  const counted = new Set<number>()
  for (const suffix of suffixes) {
    const labels = new Set(await keysIn(`labels${suffix}`))
    for (const key of await keysIn(`images${suffix}`)) {
      if (labels.has(key))
        return {
          imagePattern: "{case}",
          channel,
          naming: "name an image as its label: imagesTr/a.nii.gz, labelsTr/a.nii.gz",
        }
      const digits = channelSuffix.exec(key)?.[1]
      if (digits !== undefined) counted.add(Number(digits))
    }
  }
  const channels = [...counted].sort((a, b) => a - b)
  const chosen = channel ?? channels[0] ?? 0
  const path = "load.source.channel"
  const named = channels.map((each) =>
    [each, json.channels[each]].filter((part) => part !== undefined).join(" "),
  )
  const expected = `one of the channels ${named.join(", ")}`
  if (channel === null && channels.length > 1)
    throw failure("data", {
      message: "the images have several channels, and none is chosen",
      file: folder,
      path,
      expected,
      fix: `losslab trains with one: set ${path}: ${chosen}`,
    })
  if (channels.length > 0 && !counted.has(chosen))
    throw failure("data", { message: `there is no channel ${chosen}`, file: folder, path, expected })
  return {
    imagePattern: `{case}_${String(chosen).padStart(4, "0")}`,
    channel: null,
    naming: "name files as nnU-Net does: imagesTr/a_0000.nii.gz, labelsTr/a.nii.gz",
  }
}

/** Where the files are not those that dataset.json counts and lists. */
const contradictions = (
  folder: string,
  { file, numTraining, training }: DatasetJson,
  images: NamedFiles,
  masks: NamedFiles,
): Problem[] => {
  const problems: Problem[] = []
  if (numTraining !== null && masks.files.size > 0 && numTraining !== masks.files.size)
    problems.push({
      message: "numTraining is not the number of labels",
      file,
      path: "numTraining",
      expected: `${masks.files.size}, as in labelsTr`,
      found: String(numTraining),
      fix: "correct it, or complete the files",
    })
  if (training === null) return problems
  const listed = new Set<string>()
  const filesOf = (role: NamedFiles) => new Set([...role.files.values()].map((one) => resolve(one.file)))
  const known = { image: filesOf(images), label: filesOf(masks) }
  training.forEach((entry, i) => {
    for (const role of ["image", "label"] as const) {
      const path = `training.${i}.${role}`
      const target = resolve(folder, entry[role])
      if (!isInside(folder, target)) {
        problems.push({ message: "the path leads out of the folder", file, path, found: entry[role] })
        continue
      }
      listed.add(target)
      // nnU-Net's version 1 lists images without the number of their channel.
      const numbered = target.replace(/(\.nii\.gz|\.nii|\.png)$/, `${images.pattern.replace("{case}", "")}$1`)
      if (role === "image") listed.add(numbered)
      if (!known[role].has(target) && !(role === "image" && known.image.has(numbered)))
        problems.push({ message: "a listed file is missing", file, path, found: entry[role] })
    }
  })
  const extra = [...known.image, ...known.label].filter((path) => !listed.has(path))
  if (extra.length > 0)
    problems.push({
      message: "files are there that dataset.json does not list",
      file,
      path: "training",
      found: someOf(extra.map((path) => relative(folder, path)).sort(), 20),
      fix: "list them, or take them away",
    })
  return problems
}

const isInside = (folder: string, path: string): boolean => path.startsWith(resolve(folder) + sep)
