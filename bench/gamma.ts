import { resolve } from "node:path"
import * as tf from "@tensorflow/tfjs-core"
import { loadExperiment } from "../src/config/experiment/loadExperiment.ts"
import { buildDataset } from "../src/data/dataset/buildDataset.ts"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { startEngine } from "../src/engine/startEngine.ts"
import { seedCode } from "../src/losses/adaptiveFocal.ts"
import { adaptiveGamma } from "../src/losses/adaptiveGamma.ts"
import type { Objective } from "../src/losses/objective.ts"
import { buildParts } from "../src/pipeline/parts.ts"
import { runEpochs } from "../src/stages/training/runEpochs.ts"

const experiment = resolve(import.meta.dirname, "../experiments/adaptive.yaml")
const label = "adaptiveFocal"

/** The objective, with gamma of the full-resolution output told at every step. */
const watched = (objective: Objective, tell: (gamma: number) => void): Objective => ({
  ...objective,
  apply: (params, outputs, truths, at) => {
    const [{ mask, second }] = truths as readonly [(typeof truths)[number]]
    const gamma = tf.tidy(() => adaptiveGamma(seedCode, outputs[0]!, mask, second!).dataSync<"float32">()[0]!)
    tell(gamma)
    return objective.apply(params, outputs, truths, at)
  },
})

/** Trains the adaptive focal loss of experiments/adaptive.yaml and prints gamma of every step as one JSON object, what
 *  docs/explanation/gamma-in-training.json holds. About a minute.
 *  npm run -s bench -- gamma */
export const gamma = async (args: readonly string[]): Promise<void> => {
  if (args.length > 0) throw new Error(`unknown argument ${args.join(" ")}: there is none`)
  const loaded = loadExperiment(experiment, [])
  if (loaded._tag === "Left") throw new Error(JSON.stringify(loaded.left))
  const { spec } = loaded.right.cells.find((cell) => cell.label === label)!
  const { name, version } = await startEngine(selectEngine("auto"))
  const parts = await buildParts(spec)
  const { split, resize, intensity } = parts
  const dataset = await buildDataset(parts.source.value, {
    split: split.value,
    size: spec.load.size,
    resize: resize.value,
    intensity: intensity.value,
    onCase: () => undefined,
  })
  const gammas: number[] = []
  const { history } = await runEpochs(
    {
      model: parts.model.value,
      objective: watched(parts.objective.value, (value) => gammas.push(Math.round(value * 1e4) / 1e4)),
      optimizer: parts.optimizer.value,
      schedule: parts.schedule.value,
      epochs: spec.train.epochs,
      batchSize: spec.train.batchSize,
      keep: "last",
      precision: "float32",
      seed: spec.seed,
    },
    {
      dataset,
      datasetKey: "",
      augmentations: parts.augmentations.map((part) => part.value),
    },
    {
      checkpoints: { read: async () => undefined, write: async () => undefined },
      emit: (event) => {
        if (event.event === "epoch")
          process.stderr.write(
            `epoch ${event.epoch}: loss ${event.loss.toFixed(4)}, gamma ${gammas.at(-1)}\n`,
          )
      },
      signal: new AbortController().signal,
    },
  )
  const epochs = history.epochs.map(({ loss, validationDice }) => ({ loss, validationDice }))
  process.stdout.write(`${JSON.stringify({ label, engine: `${name}: ${version}`, epochs, gammas })}\n`)
}
