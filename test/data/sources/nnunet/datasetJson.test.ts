import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { datasetJson } from "../../../../src/data/sources/nnunet/datasetJson.ts"
import { emptyFolder, refusal } from "../../support/refusal.ts"

const read = async (text: string) => {
  const folder = await emptyFolder()
  await writeFile(join(folder, "dataset.json"), text)
  return datasetJson(folder)
}

const good = '"labels": {"background": 0, "prostate": 1}'

describe("datasetJson", () => {
  it("reads labels in both directions", async () => {
    const labels = new Map([
      ["PZ", [1]],
      ["TZ", [2]],
    ])
    expect((await read('{"labels": {"0": "background", "1": "PZ", "2": "TZ"}}')).labels).toEqual(labels)
    expect((await read('{"labels": {"background": 0, "PZ": 1, "TZ": 2}}')).labels).toEqual(labels)
    const regions = await read('\uFEFF{"labels": {"background": 0, "whole": [1, 2]}}')
    expect(regions.labels).toEqual(new Map([["whole", [1, 2]]]))
    expect(regions).toMatchObject({ channels: {}, numTraining: null, training: null })
  })

  it("takes a label's name from the key unless the key is a number and the value a text", async () => {
    // "3": 4 is a label called 3; a label of 0 alone is the background, whatever its name.
    const { labels } = await read(
      '{"labels": {"0": "outside", "nothing": 0, "none": [0], "3": 4, "all": [0, 4]}}',
    )
    expect(labels).toEqual(
      new Map([
        ["3", [4]],
        ["all", [0, 4]],
      ]),
    )
  })

  it("reads channels, numbers and the list of cases, in either version's words", async () => {
    const folder = await emptyFolder()
    const training = [{ image: "./imagesTr/a.nii.gz", label: "./labelsTr/a.nii.gz" }]
    const rest = { labels: { PZ: 1 }, numTraining: 1, file_ending: ".nii", training }
    const of = async (words: object) => {
      await writeFile(join(folder, "dataset.json"), JSON.stringify({ ...rest, ...words }))
      return datasetJson(folder)
    }
    const expected = {
      file: join(folder, "dataset.json"),
      labels: new Map([["PZ", [1]]]),
      numTraining: 1,
      training,
    }
    expect(await of({ modality: { "0": "T2" } })).toEqual({ ...expected, channels: { "0": "T2" } })
    expect(await of({ channel_names: { "0": "ADC" }, modality: { "0": "T2" } })).toEqual({
      ...expected,
      channels: { "0": "ADC" },
    })
    for (const file_ending of [".nii.gz", ".nii", ".png"])
      expect((await of({ file_ending })).numTraining).toBe(1)
  })

  it("says of every problem where it is, what is meant, and what stands there", async () => {
    const labels = 'a map of labels: {"background": 0, "prostate": 1} or {"0": "background", "1": "prostate"}'
    const text = JSON.stringify({
      labels: { a: [1, "x"], "1": "b", b: 2, ignore: 3 },
      modality: { x: "T2" },
      training: ["c", { image: "d" }, { image: "e", label: 1 }],
      numTraining: 1.5,
      file_ending: ".mha",
    })
    const { problems } = await refusal(read(text))
    const file = expect.stringMatching(/dataset\.json$/)
    const entry = '{"image": "./imagesTr/a.nii.gz", "label": "./labelsTr/a.nii.gz"}'
    expect(problems).toEqual([
      // Keys that are numbers come first in JavaScript.
      { file, message: "not a label", path: "labels.a", expected: labels, found: '[1,"x"]' },
      { file, message: 'the label "b" is there twice', path: "labels.b" },
      {
        file,
        message: "voxels to be ignored are not supported",
        path: "labels.ignore",
        found: "3",
        fix: "give the label another name; in masks its voxels then count as outside, unless load.source.foreground lists them",
      },
      {
        file,
        message: "not a map of channels",
        path: "channel_names (modality)",
        expected: '{"0": "T2", "1": "ADC"}',
        found: '{"x":"T2"}',
      },
      { file, message: "not a training case", path: "training.0", expected: entry, found: '"c"' },
      { file, message: "not a training case", path: "training.1", expected: entry, found: '{"image":"d"}' },
      {
        file,
        message: "not a training case",
        path: "training.2",
        expected: entry,
        found: '{"image":"e","label":1}',
      },
      { file, message: "not a number of cases", path: "numTraining", found: "1.5" },
      {
        file,
        message: "losslab does not read files of this kind",
        path: "file_ending",
        expected: ".nii.gz, .nii, .png",
        found: '".mha"',
        fix: "convert images and labels to .nii.gz, and correct file_ending",
      },
    ])
    expect((await refusal(read(`{${good}, "modality": {"0": 1}}`))).problems).toHaveLength(1)
    expect((await refusal(read(`{${good}, "numTraining": "1"}`))).problems).toHaveLength(1)
    expect((await refusal(read('{"labels": []}'))).problems).toEqual([
      { file, message: "the labels are missing", path: "labels", expected: labels, found: "[]" },
    ])
    // A long value is shown up to 80 characters.
    const long = (await refusal(read(`{${good}, "numTraining": "${"x".repeat(99)}"}`))).problems
    expect(long).toMatchObject([{ found: `"${"x".repeat(79)}` }])
  })

  it("says that the file is missing, or the folder", async () => {
    const folder = await emptyFolder()
    expect((await refusal(datasetJson(folder))).problems).toEqual([
      {
        message: "the folder holds no dataset.json",
        file: folder,
        path: "load.source.folder",
        expected: "a folder with dataset.json, imagesTr and labelsTr",
        fix: "check the path; images and masks in other folders are read by kind: folder",
      },
    ])
    expect((await refusal(datasetJson(join(folder, "none")))).problems).toMatchObject([
      { message: "the folder is not there" },
    ])
  })

  it.each([
    ["what is not JSON", "{", [{ message: "the file is not JSON" }]],
    ["a list", "[]", [{ message: "the file is not a JSON object" }]],
    [
      "a key that is there twice",
      '{"labels": {"a": 1, "a": 2}}',
      [{ message: 'the key "a" is there twice' }],
    ],
    ["no labels", "{}", [{ path: "labels", found: "nothing" }]],
    ["empty labels", '{"labels": {}}', [{ path: "labels", found: "{}" }]],
    [
      "labels that are none",
      '{"labels": {"a": 1.5, "b": -1, "c": [], "d": "x"}}',
      [{ path: "labels.a" }, { path: "labels.b" }, { path: "labels.c" }, { path: "labels.d" }],
    ],
    ["a label named twice", '{"labels": {"1": "a", "2": "a"}}', [{ path: "labels.2" }]],
    ["a label to ignore", '{"labels": {"a": 1, "ignore": 2}}', [{ path: "labels.ignore" }]],
    ["a number that is none", `{${good}, "numTraining": "two"}`, [{ path: "numTraining", found: '"two"' }]],
    ["another kind of file", `{${good}, "file_ending": ".mha"}`, [{ path: "file_ending", found: '".mha"' }]],
    ["channels that are none", `{${good}, "modality": ["T2"]}`, [{ path: "channel_names (modality)" }]],
    [
      "training cases that are none",
      `{${good}, "training": [{"image": "a"}, "b"]}`,
      [{ path: "training.0" }, { path: "training.1" }],
    ],
    [
      "everything at once",
      '{"numTraining": 0, "training": 1}',
      [{ path: "labels" }, { path: "training" }, { path: "numTraining" }],
    ],
  ])("refuses %s", async (_, text, problems) => {
    const refused = await refusal(read(text))
    expect(refused.kind).toBe("data")
    expect(refused.problems).toMatchObject(problems)
  })
})
