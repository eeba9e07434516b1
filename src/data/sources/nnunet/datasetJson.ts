import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { Failure, failure, type Problem } from "../../../failure/failure.ts"
import { duplicateKey } from "../../files/duplicateKey.ts"
import { isThere, plainFileSize } from "../../files/plainFile.ts"
import { volumeEndings } from "../../files/readVolume.ts"

/** What dataset.json says that matters here. */
export interface DatasetJson {
  readonly file: string
  /** Values by the label's name, the background aside; nnU-Net's regions have several. */
  readonly labels: ReadonlyMap<string, readonly number[]>
  /** Channels or modalities by number: "0" -> "T2". */
  readonly channels: Readonly<Record<string, string>>
  readonly numTraining: number | null
  /** Files of the training cases, relative to the folder; null when they are not listed. */
  readonly training: readonly { readonly image: string; readonly label: string }[] | null
}

type Report = (problem: Omit<Problem, "file">) => void
type JsonObject = Readonly<Record<string, unknown>>

const maxBytes = 2 ** 26

/** Reads the dataset.json of the Medical Segmentation Decathlon or of nnU-Net, version 1 or 2. Throws Failure("data")
 *  with everything that is wrong in it. */
export const datasetJson = async (folder: string): Promise<DatasetJson> => {
  const file = join(folder, "dataset.json")
  if (!(await isThere(file)))
    throw failure("data", {
      message: (await isThere(folder)) ? "the folder holds no dataset.json" : "the folder is not there",
      file: folder,
      path: "load.source.folder",
      expected: "a folder with dataset.json, imagesTr and labelsTr",
      fix: "check the path; images and masks in other folders are read by kind: folder",
    })
  const json = await parsed(file)
  const problems: Problem[] = []
  const report: Report = (problem) => problems.push({ file, ...problem })
  const labels = labelsOf(json.labels, report)
  const channels = channelsOf(json.channel_names ?? json.modality, report)
  const training = trainingOf(json.training, report)
  const { numTraining, file_ending: ending } = json
  if (numTraining !== undefined && !(Number.isInteger(numTraining) && Number(numTraining) >= 1))
    report({ message: "not a number of cases", path: "numTraining", found: shown(numTraining) })
  if (ending !== undefined && !volumeEndings.some((known) => known === ending))
    report({
      message: "losslab does not read files of this kind",
      path: "file_ending",
      expected: volumeEndings.join(", "),
      found: shown(ending),
      fix: "convert images and labels to .nii.gz, and correct file_ending",
    })
  if (problems.length > 0) throw new Failure("data", problems)
  return {
    file,
    labels,
    channels,
    numTraining: numTraining === undefined ? null : Number(numTraining),
    training,
  }
}

const parsed = async (file: string): Promise<JsonObject> => {
  const size = await plainFileSize(file)
  if (size > maxBytes)
    throw failure("data", {
      message: "the file is larger than a dataset.json can be",
      file,
      expected: `at most ${maxBytes} bytes`,
      found: `${size} bytes`,
    })
  const text = await readFile(file, "utf8")
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""))
  } catch (error) {
    throw failure("data", { message: "the file is not JSON", file, found: (error as Error).message }, error)
  }
  if (!isObject(json))
    throw failure("data", { message: "the file is not a JSON object", file, found: shown(json) })
  const twice = duplicateKey(text)
  if (twice !== null) throw failure("data", { message: `the key ${shown(twice)} is there twice`, file })
  return json
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isLabel = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0

const shown = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80)

/** Both directions: the Decathlon's {"1": "PZ"}, and nnU-Net's {"PZ": 1} or {"whole": [1, 2]}. */
const labelsOf = (labels: unknown, report: Report): ReadonlyMap<string, readonly number[]> => {
  const expected = 'a map of labels: {"background": 0, "prostate": 1} or {"0": "background", "1": "prostate"}'
  const found = new Map<string, readonly number[]>()
  if (!isObject(labels) || Object.keys(labels).length === 0) {
    report({ message: "the labels are missing", path: "labels", expected, found: shown(labels) })
    return found
  }
  for (const [key, value] of Object.entries(labels)) {
    const isValue = /^\d+$/.test(key) && typeof value === "string"
    const name = isValue ? value : key
    const values: unknown[] = isValue ? [Number(key)] : [value].flat()
    if (values.length === 0 || !values.every(isLabel))
      report({ message: "not a label", path: `labels.${key}`, expected, found: shown(value) })
    else if (found.has(name))
      report({ message: `the label ${shown(name)} is there twice`, path: `labels.${key}` })
    else if (name === "ignore")
      report({
        message: "voxels to be ignored are not supported",
        path: `labels.${key}`,
        found: shown(value),
        fix: "give the label another name; in masks its voxels then count as outside, unless load.source.foreground lists them",
      })
    else if (!values.every((each) => each === 0)) found.set(name, values)
  }
  return found
}

const channelsOf = (channels: unknown, report: Report): Readonly<Record<string, string>> => {
  if (channels === undefined) return {}
  if (
    isObject(channels) &&
    Object.entries(channels).every(([key, name]) => /^\d+$/.test(key) && typeof name === "string")
  )
    return channels as Readonly<Record<string, string>>
  report({
    message: "not a map of channels",
    path: "channel_names (modality)",
    expected: '{"0": "T2", "1": "ADC"}',
    found: shown(channels),
  })
  return {}
}

const trainingOf = (training: unknown, report: Report): DatasetJson["training"] => {
  if (training === undefined) return null
  const isEntry = (entry: unknown): entry is { image: string; label: string } =>
    isObject(entry) && typeof entry.image === "string" && typeof entry.label === "string"
  const entries: readonly unknown[] = Array.isArray(training) ? training : [training]
  entries.forEach((entry, i) => {
    if (!isEntry(entry))
      report({
        message: "not a training case",
        path: Array.isArray(training) ? `training.${i}` : "training",
        expected: '{"image": "./imagesTr/a.nii.gz", "label": "./labelsTr/a.nii.gz"}',
        found: shown(entry),
      })
  })
  return entries.filter(isEntry)
}
