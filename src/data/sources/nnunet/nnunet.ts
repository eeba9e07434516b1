import { failure } from "../../../failure/failure.ts"
import type { CaseOptions } from "../checkedCase.ts"
import { fileSource } from "../fileSource.ts"
import type { Source } from "../source.ts"
import { spacingRemarks } from "../spacingRemarks.ts"
import { type DatasetJson, datasetJson } from "./datasetJson.ts"
import { type NnunetFolder, nnunetCases } from "./nnunetCases.ts"

export interface NnunetOptions extends NnunetFolder, Pick<CaseOptions, "axis" | "agreement"> {
  /** Labels of dataset.json by name, or values of masks; null: its only label. */
  readonly foreground: readonly (string | number)[] | null
}

/** A dataset as the Medical Segmentation Decathlon or nnU-Net (raw) lays it out: dataset.json, imagesTr, labelsTr,
 *  and imagesTs with labelsTs for testing. Where the latter are not there, the split decides who is tested.
 *  @param digestCache where digests of files are remembered, so that hashing them again is quick */
export const nnunet = (options: NnunetOptions, digestCache?: string): Source =>
  fileSource(
    `dataset in the layout of nnU-Net or the Medical Segmentation Decathlon, in ${options.folder}`,
    async () => {
      const json = await datasetJson(options.folder)
      const foreground = valuesOf(options.foreground, json)
      const { cases, channel, remarks } = await nnunetCases(options, json)
      const { axis, agreement } = options
      const declared = [...new Set([...json.labels.values()].flat())]
      return {
        cases,
        reading: { axis, agreement, foreground, declared, channel, spacingMm: null },
        remarks: [...remarks, ...spacingRemarks(cases, null)],
      }
    },
    digestCache,
  )

/** Throws Failure("data") when a label is not there, or none is chosen of several. */
const valuesOf = (chosen: NnunetOptions["foreground"], { file, labels }: DatasetJson): readonly number[] => {
  const known = [...labels].map(([name, values]) => `${name} (${values.join(", ")})`).join(", ")
  const refuse = (message: string, found: string, fix: string) =>
    failure("data", {
      message,
      file,
      path: "load.source.foreground",
      expected: `some of the labels of dataset.json: ${known}`,
      found,
      fix,
    })
  const names = [...labels.keys()]
  if (chosen === null && names.length !== 1)
    throw refuse(
      "dataset.json has several labels, and none is chosen",
      "null",
      `say which are inside, for instance load.source.foreground: [${names.join(", ")}]`,
    )
  const wanted = chosen ?? names
  const values = wanted.map((label) =>
    typeof label === "string"
      ? labels.get(label)
      : [...labels.values()].flat().includes(label)
        ? [label]
        : undefined,
  )
  const unknown = wanted.filter((_, i) => values[i] === undefined)
  if (unknown.length > 0)
    throw refuse("dataset.json does not have the label", unknown.join(", "), "choose labels that are there")
  return [...new Set(values.flatMap((each) => each ?? []))].sort((a, b) => a - b)
}
