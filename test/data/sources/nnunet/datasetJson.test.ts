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

  it("says that the file is missing, or the folder", async () => {
    const folder = await emptyFolder()
    expect((await refusal(datasetJson(folder))).problems).toMatchObject([
      { message: "the folder holds no dataset.json", file: folder, path: "load.source.folder" },
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
