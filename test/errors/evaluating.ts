import { evaluate } from "../../src/commands/evaluate.ts"
import type { EvaluateCommand } from "../../src/commands/evaluateOptions.ts"
import type { Geometry } from "../../src/data/dataset.ts"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"
import type { FailureKind } from "../../src/failure/failure.ts"
import { evaluateCommand } from "../commands/evaluateCommand.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import type { Scenario, Subject } from "./scenario.ts"

const volume = (geometry: Partial<Geometry> = {}, ...voxels: readonly number[]): Uint8Array =>
  writeNifti({
    geometry: { shape: [2, 2, 1], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]), ...geometry },
    datatype: "float32",
    voxels: Float32Array.from(voxels.length === 0 ? [0, 1, 1, 0] : voxels),
  })
const flat = png(ihdr(2, 2), idat(0, 0, 1, 0, 1, 0))
const sound = { "r/a.nii": volume(), "p/a.nii": volume() }

/** The scoring of p against r; an option is spelt on the command line as its field is, but for the capitals. */
const scored = (
  title: string,
  files: Scenario["files"],
  words: Partial<Omit<EvaluateCommand, "json">> = {},
  kind: FailureKind = "data",
): Scenario => {
  const command = evaluateCommand(words)
  const options = Object.entries({ predictions: command.predictions, reference: command.reference, ...words })
  const spelt = (name: string): string => name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)
  return {
    title,
    command: [
      "losslab evaluate",
      ...options.map(([name, value]) => `--${spelt(name)} ${value || "''"}`),
    ].join(" "),
    kind,
    ...(files === undefined ? {} : { files }),
    run: () => evaluate({ ...command, jobs: command.jobs ?? "1" }, () => undefined, silent),
  }
}

const silent = { write: () => undefined, isTerminal: false, color: false, columns: 80 }

const misspelt = (title: string, words: Partial<Omit<EvaluateCommand, "json">>): Scenario =>
  scored(title, sound, words, "usage")

export const evaluating: Subject = {
  title: "Scoring masks",
  scenarios: [
    scored("Predictions that are absent", { "r/a.nii": volume() }),
    scored(
      "A folder without masks",
      { ...sound, "p/a.nii": "", "q/notes.txt": "notes" },
      { predictions: "q" },
    ),
    scored("A file against a folder", sound, { predictions: "p/a.nii" }, "usage"),
    scored("Predictions by other names", { "r/a.nii": volume(), "p/a_pred.nii": volume() }),
    scored("A case without a prediction", { ...sound, "r/b.nii": volume(), "p/c.nii": volume() }),
    scored("Two predictions of one case", { ...sound, "p/a.png": flat }),
    scored("A prediction on another grid", {
      ...sound,
      "p/a.nii": volume({ spacingMm: [2, 1, 1], affine: spacingAffine([2, 1, 1]) }),
    }),
    scored("A prediction of another shape", { ...sound, "p/a.nii": volume({ shape: [4, 1, 1] }) }),
    scored("Probabilities in place of a mask", { ...sound, "p/a.nii": volume({}, 0, 0.2, 0.8, 1) }),
    scored("Several labels in a mask to score", { ...sound, "p/a.nii": volume({}, 0, 1, 2, 2) }),
    scored("Predictions with different values inside", {
      ...sound,
      "r/b.nii": volume(),
      "p/b.nii": volume({}, 0, 255, 0, 0),
    }),
    scored("A label that no mask holds", sound, { labels: "1,4" }),
    scored("Pixels and millimetres", { ...sound, "r/b.png": flat, "p/b.png": flat }),
    scored("A PNG image cut short", { "r/a.png": flat, "p/a.png": flat.subarray(0, -6) }),
    misspelt("A metric that does not exist", { metrics: "dice,hd59" }),
    misspelt("A tolerance that is no distance", { toleranceMm: "1mm" }),
    misspelt("Labels that are words", { labels: "gland" }),
    misspelt("A spacing of one number", { spacingMm: "0.5" }),
    misspelt("A spacing for NIfTI files", { spacingMm: "0.5,0.5" }),
    misspelt("No threads", { jobs: "0" }),
    misspelt("A table without a name", { csv: "" }),
    scored("A table in a folder that is absent", sound, { csv: "out/scores.csv" }, "environment"),
  ],
}
