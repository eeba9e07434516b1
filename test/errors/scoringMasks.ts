import type { EvaluateCommand } from "../../src/commands/evaluate/evaluateOptions.ts"
import { evaluate } from "../../src/commands/evaluate.ts"
import { interruptible } from "../../src/commands/interruptible.ts"
import { evaluateCommand } from "../commands/evaluateCommand.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { drawn } from "../scoring/drawn.ts"
import type { Scenario, Subject } from "./scenario.ts"

const both = { predictions: "predictions", reference: "labels" }

const wrong = (
  title: string,
  words: Partial<EvaluateCommand>,
  more: Pick<Scenario, "files"> & Partial<Scenario> = {},
): Scenario => {
  const { predictions, reference, ...options } = { ...both, ...words }
  const shown = Object.entries(options).map(
    ([name, value]) => ` --${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)} ${value}`,
  )
  return {
    title,
    command: `losslab evaluate --predictions ${predictions} --reference ${reference}${shown.join("")}`,
    kind: "data",
    run: () => evaluate(evaluateCommand({ ...both, ...words }), () => {}, silent),
    ...more,
  }
}

const silent = { write: () => {}, isTerminal: false, columns: 80, color: false }

const mask = drawn([["##."]])
const image = png(ihdr(3, 1), idat(0, 255, 255, 0))
const sound = { "predictions/a.nii": mask, "labels/a.nii": mask }

export const scoringMasks: Subject = {
  title: "Scoring masks",
  scenarios: [
    wrong("Folders of masks that are absent", {}),
    wrong(
      "A file and a folder",
      { predictions: "a.nii" },
      { kind: "usage", files: { "a.nii": mask, ...sound } },
    ),
    wrong(
      "Options that mean nothing",
      { metrics: "dice,hd59", labels: "one", jobs: "0" },
      { kind: "usage", files: sound },
    ),
    wrong("A folder without masks", {}, { files: { "predictions/a.mha": "", "labels/a.nii": mask } }),
    wrong(
      "Cases that one side lacks",
      {},
      {
        files: { ...sound, "labels/b.nii": mask, "labels/c.nii": mask, "predictions/d.nii": mask },
      },
    ),
    wrong(
      "Names that do not pair at all",
      {},
      {
        files: { "predictions/a_pred.nii": mask, "labels/a.nii": mask, "labels/b.nii": mask },
      },
    ),
    wrong(
      "Two masks of one case",
      {},
      { files: { ...sound, "predictions/A.nii.gz": drawn([["##."]], { gzip: true }) } },
    ),
    wrong(
      "A prediction on another grid than its reference",
      {},
      {
        files: { ...sound, "predictions/a.nii": drawn([["##."]], { spacingMm: [1, 1, 3] }) },
      },
    ),
    wrong(
      "A prediction of another shape than its reference",
      {},
      {
        files: { ...sound, "predictions/a.nii": drawn([["##.."]]) },
      },
    ),
    wrong(
      "A prediction of several labels",
      {},
      { files: { ...sound, "predictions/a.nii": drawn([["012"]]) } },
    ),
    wrong(
      "A prediction of probabilities",
      {},
      {
        files: { ...sound, "predictions/a.nii": drawn([["012"]], { scaling: [0.25, 0] }) },
      },
    ),
    wrong(
      "Predictions that use different labels",
      {},
      {
        files: { ...sound, "predictions/b.nii": drawn([["22."]]), "labels/b.nii": mask },
      },
    ),
    wrong("A label that no mask has", { labels: "1,4" }, { files: sound }),
    wrong(
      "Masks of known and of unknown pixel size",
      {},
      {
        files: { ...sound, "predictions/b.png": image, "labels/b.png": image },
      },
    ),
    wrong("A spacing that no mask needs", { spacingMm: "0.5,0.5" }, { kind: "usage", files: sound }),
    wrong(
      "A table of scores in a folder that is absent",
      { csv: "scores/a.csv" },
      {
        kind: "environment",
        files: sound,
      },
    ),
    wrong(
      "Scoring that is interrupted",
      {},
      {
        kind: "interrupted",
        run: () =>
          interruptible(async (signal) => {
            process.emit("SIGINT")
            signal.throwIfAborted()
          }, "interrupted; nothing was written"),
      },
    ),
  ],
}
