import { inCase } from "../data/dataset/inCase.ts"
import { readVolume } from "../data/files/readVolume.ts"
import { writeMask, writeProbabilities } from "../data/files/writeVolume.ts"
import { constancy } from "../data/sources/checkedCase.ts"
import type { Backend } from "../engine/engine.ts"
import { Failure, failure, type Problem } from "../failure/failure.ts"
import { readTrainedNetwork, type TrainedNetwork } from "../pipeline/trainedNetwork.ts"
import { forwardPass } from "../stages/forwardPass.ts"
import { predictVolume, type UsableNetwork } from "../stages/predictVolume.ts"
import { tensorsOf } from "../stages/weightTensors.ts"
import { runCheckpoint } from "../sweep/runCheckpoint.ts"
import { progressBar } from "../terminal/progressBar.ts"
import type { ProgressOutput } from "../terminal/progressOutput.ts"
import { terminalOf } from "../terminal/terminal.ts"
import { numbers, textTable, words } from "../terminal/textTable.ts"
import { interruptible } from "./interruptible.ts"
import { makeOutput } from "./makeOutput.ts"
import { type PredictInput, predictInputs } from "./predictInputs.ts"
import { startChosenEngine } from "./startChosenEngine.ts"

export interface PredictCommand {
  /** A run directory, and the label of a cell in it; or a weights.safetensors. */
  readonly run?: string
  readonly cell?: string
  readonly checkpoint?: string
  /** An image, or a folder of them. */
  readonly input: string
  readonly out: string
  readonly probabilities: boolean
  /** Files of earlier predictions, or others of their names, are replaced. */
  readonly overwrite: boolean
  /** The least probability that is inside. */
  readonly threshold: string
  readonly backend: Backend
  readonly json: boolean
}

/** What was written of one image. */
interface Written {
  readonly input: string
  readonly mask: string
  readonly probabilities: string | null
  readonly foregroundVoxels: number
  readonly voxels: number
}

/** Writes what a trained network makes of images, one mask per image, at the resolution and in the geometry of its
 *  file. The checkpoint and every header are checked before an engine starts; one volume is in memory at a time.
 *  Throws Failure: usage, data with every problem found, numerics, environment, interrupted. Masks that are written
 *  are whole, and stay. */
export const predict = async (
  command: PredictCommand,
  print: (text: string) => void,
  progress: ProgressOutput = terminalOf(process.stderr),
): Promise<void> => {
  const threshold = thresholdOf(command)
  const checkpoint = await checkpointOf(command)
  const network = await readTrainedNetwork(checkpoint)
  const inputs = await predictInputs(command, network)
  await makeOutput("output directory", command.out, command.probabilities ? "probabilities" : "")
  const engine = (await startChosenEngine(command.backend)).version
  const written = await interruptible(
    (signal) =>
      predictAll(network, inputs, {
        threshold,
        probabilities: command.probabilities,
        signal,
        progress: progress.isTerminal || !command.json ? progress : null,
      }),
    `interrupted; the masks that are in ${command.out} are whole`,
  )
  print(
    command.json
      ? `${JSON.stringify({ checkpoint, engine, threshold, images: written })}\n`
      : textOf(written, command.out),
  )
}

const thresholdOf = ({ threshold }: PredictCommand): number => {
  const value = Number(threshold)
  if (threshold.trim() !== "" && value > 0 && value < 1) return value
  throw failure("usage", {
    message: "--threshold is no probability",
    expected: "a number greater than 0 and less than 1",
    found: threshold,
  })
}

const checkpointOf = async ({ run, cell, checkpoint }: PredictCommand): Promise<string> => {
  const example = "losslab predict --run runs/adaptive --cell agBce --input images --out predictions"
  if ((run === undefined) === (checkpoint === undefined))
    throw failure("usage", {
      message: run === undefined ? "no trained network is named" : "--run and --checkpoint name two networks",
      expected: "either --run, or --checkpoint",
      fix: `name one, as in: ${example}`,
    })
  if (run !== undefined) return (await runCheckpoint(run, cell)).file
  if (cell !== undefined)
    throw failure("usage", {
      message: "--cell goes with --run, not with --checkpoint",
      fix: `name one, as in: ${example}`,
    })
  return checkpoint!
}

interface PredictOptions {
  readonly threshold: number
  readonly probabilities: boolean
  readonly signal: AbortSignal
  /** Null: none is shown. */
  readonly progress: ProgressOutput | null
}

/** Predicts every image that can be read. Throws Failure("data") with what is wrong with the others at the end. */
const predictAll = async (
  { model, training, intensity, recipe, weights }: TrainedNetwork,
  inputs: readonly PredictInput[],
  options: PredictOptions,
): Promise<readonly Written[]> => {
  const { trees, dispose } = tensorsOf(weights)
  const { axis, batchSize } = recipe
  const network = { forward: forwardPass(model), ...trees, training, intensity, axis, batchSize }
  const bar = options.progress === null ? undefined : progressBar(options.progress, "images", inputs.length)
  const written: Written[] = []
  const problems: Problem[] = []
  try {
    for (const input of inputs) {
      try {
        written.push(await predictOne(network, recipe, input, options))
      } catch (error) {
        options.signal.throwIfAborted()
        if (!(error instanceof Failure)) throw error
        if (error.kind === "numerics") throw notFinite(error, input)
        if (error.kind !== "data") throw error
        problems.push(...error.problems.map((problem) => inCase(input.case, problem)))
      }
      bar?.tick(input.case)
    }
  } finally {
    bar?.end()
    dispose()
  }
  if (problems.length > 0) throw new Failure("data", problems)
  return written
}

/** The stage's advice is for whoever trains. */
const notFinite = (error: Failure, { image, case: name }: PredictInput): Failure =>
  new Failure(
    error.kind,
    error.problems.map(({ message }) => ({
      message,
      file: image,
      path: `case ${name}`,
      fix: "look at the image with `losslab inspect`, and at how the training ended: the weights may not be finite",
    })),
    { cause: error },
  )

const predictOne = async (
  network: UsableNetwork,
  recipe: TrainedNetwork["recipe"],
  input: PredictInput,
  options: PredictOptions,
): Promise<Written> => {
  const volume = await readVolume(input.image, recipe)
  const problems = constancy(volume)
  if (problems.length > 0) throw new Failure("data", problems)
  const { mask, probabilities } = await predictVolume(network, volume, options)
  if (probabilities !== null) await writeProbabilities(input.probabilities, volume.geometry, probabilities)
  await writeMask(input.mask, volume.geometry, mask)
  return {
    input: input.image,
    mask: input.mask,
    probabilities: probabilities === null ? null : input.probabilities,
    foregroundVoxels: mask.reduce((sum, inside) => sum + inside, 0),
    voxels: mask.length,
  }
}

const textOf = (written: readonly Written[], out: string): string => {
  const rows = written.map(({ mask, foregroundVoxels, voxels }) => [
    mask,
    String(foregroundVoxels),
    `${((100 * foregroundVoxels) / voxels).toFixed(1)} %`,
  ])
  const masks = written.length === 1 ? "1 mask" : `${written.length} masks`
  return `${textTable([words("mask"), numbers("voxels inside"), numbers("of all")], rows)}${masks} in ${out}\n`
}
