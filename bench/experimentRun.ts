import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { CellResult } from "../src/sweep/cellFiles.ts"
import type { ExperimentTask } from "./experimentTask.ts"
import { losslabOutput, pythonOutput } from "./runProcess.ts"

/** What became of one loss. */
export interface LossRun {
  /** losslab: of the cell, from the start of its process; PyTorch: of training and evaluation, in a process that has
   *  loaded the data. */
  readonly seconds: number
  /** Of them in training, validation included. */
  readonly train: number
  /** Means over the test patients; null when no slice of any counts. */
  readonly dice: number | null
  readonly hd95: number | null
}

/** A whole experiment, from the command to its end. */
export interface ExperimentRun {
  readonly seconds: number
  readonly losses: Readonly<Record<string, LossRun>>
}

const secondsOf = async <A>(work: () => Promise<A>): Promise<readonly [seconds: number, result: A]> => {
  const start = performance.now()
  const result = await work()
  return [(performance.now() - start) / 1000, result]
}

/** `losslab run` in a folder that has the phantom, with a store of its own.
 *  @param name of the run directory, and of the store beside it */
export const runLosslab = async (
  folder: string,
  name: string,
  file: string,
  sets: readonly string[],
): Promise<ExperimentRun> => {
  const options = ["--out", name, "--backend", "tensorflow", ...sets.flatMap((set) => ["--set", set])]
  const [seconds] = await secondsOf(() =>
    losslabOutput(folder, ["run", file, ...options], { LOSSLAB_STORE: join(folder, `${name}-store`) }),
  )
  const cells = join(folder, name, "cells")
  const results = await Promise.all(
    (await readdir(cells)).map(
      async (cell) => JSON.parse(await readFile(join(cells, cell, "result.json"), "utf8")) as CellResult,
    ),
  )
  const losses = results.map(({ label, seconds, history, scores }): [string, LossRun] => [
    label,
    {
      seconds,
      train: history.epochs.at(-1)!.elapsedSeconds,
      dice: scores.summary.dice.mean,
      hd95: scores.summary.hd95.mean,
    },
  ])
  return { seconds, losses: Object.fromEntries(losses) }
}

/** A line of bench/peer/experiment.py. */
interface Said {
  readonly loss: string
  readonly seconds: number
  readonly train: number
  readonly scores: { readonly dice?: number; readonly hd95?: number }
}

/** The same by bench/peer/experiment.py.
 *  @param name of the folder that it writes into */
export const runPyTorch = async (
  folder: string,
  name: string,
  task: ExperimentTask & { readonly threads: number; readonly workers: number },
): Promise<ExperimentRun> => {
  const out = join(folder, name)
  await mkdir(out)
  await writeFile(join(out, "task.json"), JSON.stringify({ ...task, out }))
  const [seconds, printed] = await secondsOf(() => pythonOutput("experiment.py", join(out, "task.json")))
  const losses = printed
    .trim()
    .split("\n")
    .slice(1) // the first one tells of the loading
    .map((line) => JSON.parse(line) as Said)
    .map(({ loss, seconds, train, scores }): [string, LossRun] => [
      loss,
      { seconds, train, dice: scores.dice ?? null, hd95: scores.hd95 ?? null },
    ])
  return { seconds, losses: Object.fromEntries(losses) }
}
