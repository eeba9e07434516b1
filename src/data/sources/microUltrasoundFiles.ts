import { readdir, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { Failure, failure, type Problem } from "../../failure/failure.ts"
import type { CaseFiles } from "./caseFiles.ts"

export type Group = "train" | "test"

const rootName = "Micro_Ultrasound_Prostate_Segmentation_Dataset"

const imageFolder = "micro_ultrasound_scans"
const expertFolder = "expert_annotations"
const secondFolder = "non_expert_annotations"

/** Folder -> name of the annotator in reports. */
const annotatorFolders = {
  master_student_annotations: "master student",
  medical_student_annotations: "medical student",
  clinician_annotations: "clinician",
} as const

const foldersOf: Readonly<Record<Group, readonly string[]>> = {
  train: [imageFolder, expertFolder, secondFolder],
  test: [imageFolder, expertFolder, ...Object.keys(annotatorFolders)],
}

/** What lies where in the published layout, one case per patient: training patients, then test patients, each by
 *  ascending number. Files of the folders belong together by the number that ends their
 *  names, whatever comes before it. Throws Failure("data") with everything that is missing, double or too many.
 *  @param folder the published folder, or the one it was unpacked into */
export const microUltrasoundFiles = async (
  folder: string,
  expect: Readonly<Record<Group, number>>,
): Promise<readonly CaseFiles[]> => {
  const root = await rootOf(folder)
  const problems: Problem[] = []
  const groups = {
    train: await groupOf(join(root, "train"), "train", expect.train, problems),
    test: await groupOf(join(root, "test"), "test", expect.test, problems),
  }
  const names = new Map(groups.train.map(({ id, image }) => [id.normalize().toLowerCase(), image]))
  for (const { id, image } of groups.test) {
    const namesake = names.get(id.normalize().toLowerCase())
    if (namesake !== undefined)
      problems.push({
        message: `a training and a test patient are both called ${id}`,
        file: image,
        found: `also ${namesake}`,
        fix: "rename one, or remove it if it is the same patient",
      })
  }
  if (problems.length > 0) throw new Failure("data", problems)
  return [...groups.train, ...groups.test]
}

const isFolder = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ?? false
}

const rootOf = async (folder: string): Promise<string> => {
  for (const root of [folder, join(folder, rootName)])
    if ((await isFolder(join(root, "train"))) || (await isFolder(join(root, "test")))) return root
  throw failure("data", {
    message: (await isFolder(folder))
      ? "the folder does not hold the micro-ultrasound data"
      : "there is no such folder",
    file: folder,
    expected: "a folder with the folders train and test",
    fix: "download the data from Zenodo, record 10475293 (https://zenodo.org/records/10475293), unpack them and set load.source.folder; to try losslab without them, use load.source: { kind: phantom }",
  })
}

const groupOf = async (
  path: string,
  group: Group,
  expected: number,
  problems: Problem[],
): Promise<readonly CaseFiles[]> => {
  const folders = new Map<string, ReadonlyMap<number, string>>()
  for (const name of foldersOf[group]) folders.set(name, await numbered(join(path, name), problems))
  const images = folders.get(imageFolder)!
  if (images.size !== expected)
    problems.push({
      message: `the number of ${group === "train" ? "training" : group} patients is not the one expected`,
      file: join(path, imageFolder),
      expected: String(expected),
      found: String(images.size),
      fix: `unpack the published archive again; if you mean to use fewer or more patients, set load.source.${group}`,
    })
  for (const [name, files] of folders) {
    if (files.size === 0 || images.size === 0) continue // said already
    reportAbsent(images, files, name, join(path, name), "has no file for", problems)
    reportAbsent(files, images, name, join(path, name), "has files without an image for", problems)
  }
  return [...images]
    .filter(([number]) => [...folders.values()].every((files) => files.has(number)))
    .sort(([a], [b]) => a - b)
    .map(([number, image]) => ({
      ...named(basename(image).replace(/\.nii(\.gz)?$/, "")),
      group,
      image,
      expert: folders.get(expertFolder)!.get(number)!,
      ...(group === "train" ? { second: folders.get(secondFolder)!.get(number)! } : {}),
      annotators:
        group === "train"
          ? {}
          : Object.fromEntries(
              Object.entries(annotatorFolders).map(([name, who]) => [who, folders.get(name)!.get(number)!]),
            ),
    }))
}

/** One volume is one patient. */
const named = (id: string) => ({ id, patient: id })

const reportAbsent = (
  wanted: ReadonlyMap<number, string>,
  present: ReadonlyMap<number, string>,
  name: string,
  file: string,
  words: string,
  problems: Problem[],
): void => {
  const absent = [...wanted.keys()].filter((number) => !present.has(number)).sort((a, b) => a - b)
  if (absent.length === 0) return
  problems.push({
    message: `${name} ${words} ${absent.length === 1 ? "patient" : "patients"} ${absent.join(", ")}`,
    file,
    expected: "one file for each image, with the image's number at the end of its name",
    fix: "add the missing files, or remove what does not belong there",
  })
}

/** NIfTI files of a folder by the number at the end of their names. Hidden files are passed over. None, when the
 *  problem with the folder or its files has been reported. */
const numbered = async (folder: string, problems: Problem[]): Promise<ReadonlyMap<number, string>> => {
  const names = await readdir(folder).catch(() => null)
  const files = new Map<number, string>()
  if (names === null || names.length === 0) {
    problems.push({
      message: names === null ? "there is no such folder" : "the folder is empty",
      file: folder,
      fix: "unpack the published archive again",
    })
    return files
  }
  const images = names.filter((name) => !name.startsWith(".") && /\.nii(\.gz)?$/.test(name)).sort()
  if (images.length === 0) {
    const maxShown = 3
    const shown = [...names.sort().slice(0, maxShown), ...(names.length > maxShown ? ["..."] : [])]
    problems.push({
      message: "the folder holds no .nii or .nii.gz file",
      file: folder,
      found: shown.join(", "),
      fix: "unpack the published archive again; a name must end in .nii or .nii.gz, in small letters",
    })
  }
  for (const name of images) {
    const file = join(folder, name)
    const digits = /(\d{1,9})\.nii(?:\.gz)?$/.exec(name)?.[1]
    if (digits === undefined) {
      problems.push({
        message: "the file's name does not end in a patient's number",
        file,
        expected: "a name such as scan_07.nii.gz",
      })
      continue
    }
    const number = Number(digits)
    const other = files.get(number)
    if (other !== undefined)
      problems.push({
        message: `patient ${number} has two files`,
        file,
        found: `also ${other}`,
        fix: "keep one of the two",
      })
    files.set(number, file)
  }
  return files
}
