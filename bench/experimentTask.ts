import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { PartSpec } from "../src/config/catalog/part.ts"
import { loadExperiment } from "../src/config/experiment/loadExperiment.ts"
import { splitCases } from "../src/data/dataset/split.ts"
import type { CaseFiles } from "../src/data/sources/caseFiles.ts"
import { microUltrasoundFiles } from "../src/data/sources/microUltrasoundFiles.ts"
import { Failure } from "../src/failure/failure.ts"
import { buildParts } from "../src/pipeline/parts.ts"

/** What bench/peer/experiment.py does: the experiment as plain data, with the files of the splits. */
export interface ExperimentTask {
  readonly train: readonly CaseFiles[]
  readonly validation: readonly CaseFiles[]
  readonly test: readonly CaseFiles[]
  readonly losses: Readonly<Record<string, PartSpec>>
  readonly kernels: readonly number[]
  readonly size: readonly number[]
  readonly epochs: number
  readonly batchSize: number
  readonly baseWidth: number
  readonly depth: number
  readonly learningRate: number
  readonly power: number
  readonly momentum: number
  readonly weightDecay: number
  readonly seed: number
}

/** Makes the phantom of the experiment below the current folder, where a run finds it, and says what a PyTorch script
 *  must do to repeat the experiment. What the script does not read from its task, augmentation and metrics, it has as
 *  experiments/adaptive.yaml has it. */
export const experimentTask = async (file: string, sets: readonly string[]): Promise<ExperimentTask> => {
  const loaded = loadExperiment(file, sets)
  if (loaded._tag === "Left") throw new Failure("config", loaded.left)
  const { cells } = loaded.right
  const { load, train, seed } = cells[0]!.spec
  const { source, split } = await buildParts(cells[0]!.spec)
  const cases = await source.value.cases()
  await source.value.read(cases[0]!.id)
  const phantoms = join(".losslab", "phantom")
  const [name] = (await readdir(phantoms)).filter((one) => !one.startsWith("."))
  const files = await microUltrasoundFiles(join(process.cwd(), phantoms, name!), {
    train: Number(load.source.train),
    test: Number(load.source.test),
  })
  const splits = splitCases(cases, split.value)
  const filesOf = (group: "train" | "validation" | "test") =>
    splits[group].map(({ id }) => files.find((one) => one.id === id)!)
  const lossOf = (loss: PartSpec) => loss.loss as PartSpec
  return {
    train: filesOf("train"),
    validation: filesOf("validation"),
    test: filesOf("test"),
    losses: Object.fromEntries(cells.map(({ label, spec }) => [label, lossOf(spec.train.loss)])),
    kernels: train.loss.kernels as readonly number[],
    size: load.size,
    epochs: train.epochs,
    batchSize: train.batchSize,
    baseWidth: Number(train.model.baseWidth),
    depth: Number(train.model.depth),
    learningRate: Number(train.schedule.learningRate),
    power: Number(train.schedule.power),
    momentum: Number(train.optimizer.momentum),
    weightDecay: Number(train.optimizer.weightDecay),
    seed,
  }
}
