import { interruptible } from "../../src/commands/interruptible.ts"
import { type PredictCommand, predict } from "../../src/commands/predict.ts"
import { encodeSafetensors } from "../../src/data/files/safetensors.ts"
import { good } from "../data/nifti/goodFile.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { madeUpCheckpoint, madeUpWeights } from "../support/madeUpNetwork.ts"
import type { Scenario, Subject } from "./scenario.ts"

const silent = { write: () => {}, isTerminal: false, columns: 80, color: false }

const wrong = (
  title: string,
  words: Partial<PredictCommand>,
  more: Pick<Scenario, "files"> & Partial<Scenario> = {},
): Scenario => {
  const named = { checkpoint: "weights.safetensors", input: "images", out: "masks", ...words }
  const shown = Object.entries(named).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [` --${name} ${value}`],
  )
  return {
    title,
    command: `losslab predict${shown.join("")}`,
    kind: "data",
    run: () =>
      predict(
        {
          probabilities: false,
          overwrite: false,
          threshold: "0.5",
          backend: "javascript",
          json: false,
          ...named,
        },
        () => {},
        silent,
      ),
    ...more,
  }
}

const weights = madeUpCheckpoint()
const sound = { "weights.safetensors": weights, "images/a.nii": good }
const arrays = madeUpWeights()
const { "params/heads/0/bias": _, ...fewer } = arrays
const image = png(ihdr(3, 1), idat(0, 255, 255, 0))

export const predicting: Subject = {
  title: "Predicting masks",
  scenarios: [
    wrong("No trained network", { checkpoint: undefined! }, { kind: "usage", files: sound }),
    wrong("Two trained networks", { run: "runs/tiny" }, { kind: "usage", files: sound }),
    wrong("A run that is none", { checkpoint: undefined!, run: "images" }, { kind: "usage", files: sound }),
    wrong("A threshold that is no probability", { threshold: "50" }, { kind: "usage", files: sound }),
    wrong("A checkpoint that is a folder", { checkpoint: "images" }, { files: sound }),
    wrong("A checkpoint that is absent", {}, { files: { "images/a.nii": good } }),
    wrong(
      "Weights that do not say how they are used",
      {},
      { files: { ...sound, "weights.safetensors": encodeSafetensors(arrays) } },
    ),
    wrong(
      "A recipe that this losslab cannot follow",
      {},
      { files: { ...sound, "weights.safetensors": madeUpCheckpoint({ model: { kind: "vnet" } }) } },
    ),
    wrong(
      "Weights of another network than the recipe's",
      {},
      {
        files: {
          ...sound,
          "weights.safetensors": madeUpCheckpoint(
            {},
            { ...fewer, "params/heads/0/kernel": { dtype: "F32", shape: [1], data: new Float32Array(1) } },
          ),
        },
      },
    ),
    wrong("Images to predict that are absent", { input: "scans" }, { files: sound }),
    wrong("A folder without images", {}, { files: { "weights.safetensors": weights, "images/a.mha": "" } }),
    wrong(
      "Two images of one case, and a damaged one",
      {},
      { files: { ...sound, "images/A.png": image, "images/b.nii": good.subarray(0, -1) } },
    ),
    wrong("Masks in the place of the images", { out: "images" }, { kind: "usage", files: sound }),
    wrong("Files in the place of the masks", {}, { kind: "usage", files: { ...sound, "masks/a.nii": good } }),
    wrong(
      "Predicting that is interrupted",
      {},
      {
        kind: "interrupted",
        run: () =>
          interruptible(async (signal) => {
            process.emit("SIGINT")
            signal.throwIfAborted()
          }, "interrupted; the masks that are in masks are whole"),
      },
    ),
  ],
}
