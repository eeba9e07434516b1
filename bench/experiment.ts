import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { selectEngine } from "../src/engine/selectEngine.ts"
import type { CellResult } from "../src/sweep/cellFiles.ts"
import { benchArguments } from "./benchArguments.ts"
import { experimentTask } from "./experimentTask.ts"
import { machineOf } from "./machine.ts"
import { printResult } from "./printResult.ts"
import { losslabOutput, pythonOutput, root } from "./runProcess.ts"
import { markdownTable } from "./table.ts"

interface PeerLoss {
  readonly loss: string
  readonly seconds: number
  readonly train: number
  readonly evaluate: number
  readonly scores: Readonly<Record<string, number>>
}

const secondsOf = async <A>(work: () => Promise<A>): Promise<readonly [seconds: number, result: A]> => {
  const start = performance.now()
  const result = await work()
  return [(performance.now() - start) / 1000, result]
}

const resultsOf = async (run: string): Promise<ReadonlyMap<string, CellResult>> => {
  const folders = await readdir(join(run, "cells"))
  const results = await Promise.all(
    folders.map(
      async (cell) =>
        JSON.parse(await readFile(join(run, "cells", cell, "result.json"), "utf8")) as CellResult,
    ),
  )
  return new Map(results.map((result) => [result.label, result]))
}

/** The whole experiment of experiments/adaptive.yaml against the same as a PyTorch script: same network, data, split,
 *  epochs, losses and metrics, each from its start to its end, one after the other. losslab also scores the reference
 *  rows and writes a report. The phantom is there before either begins.
 *  npm run bench -- experiment [--json] [--quick] [--epochs N] [--workers N] */
export const experiment = async (args: readonly string[]): Promise<void> => {
  const { json, quick, numbers } = benchArguments("experiment", args, { epochs: 10, workers: 0 })
  const file = join(root, "experiments", "adaptive.yaml")
  const sets = [`train.epochs=${quick ? 1 : numbers.epochs}`]
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  const before = process.cwd()
  try {
    process.chdir(folder)
    const { threads } = selectEngine("tensorflow")
    const task = { ...(await experimentTask(file, sets)), threads, workers: numbers.workers, out: folder }
    await writeFile("task.json", JSON.stringify(task))
    const run = [
      "run",
      file,
      ...sets.flatMap((set) => ["--set", set]),
      "--out",
      "run",
      "--backend",
      "tensorflow",
    ]
    const [ourSeconds] = await secondsOf(() => losslabOutput(folder, ...run))
    const [theirSeconds, printed] = await secondsOf(() =>
      pythonOutput("experiment.py", join(folder, "task.json")),
    )
    const [load, ...theirs] = printed
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)) as [{ readonly load: number }, ...PeerLoss[]]
    const ours = await resultsOf(join(folder, "run"))
    const rows = theirs.map((peer) => {
      const { seconds, scores, history } = ours.get(peer.loss)!
      const { elapsedSeconds } = history.epochs.at(-1)!
      return {
        loss: peer.loss,
        losslab: {
          seconds,
          train: elapsedSeconds,
          dice: scores.summary.dice.mean,
          hd95: scores.summary.hd95.mean,
        },
        peer: {
          seconds: peer.seconds,
          train: peer.train,
          dice: peer.scores.dice ?? null,
          hd95: peer.scores.hd95 ?? null,
        },
        ratio: seconds / peer.seconds,
      }
    })
    const number = (value: number | null, digits: number) => value?.toFixed(digits) ?? "none"
    const table = markdownTable(
      ["", "losslab, s", "PyTorch, s", "ratio", "losslab: Dice, HD95 in mm", "PyTorch: Dice, HD95 in mm"],
      [
        ...rows.map(({ loss, losslab, peer, ratio }) => [
          loss,
          `${losslab.seconds.toFixed(1)}, training ${losslab.train.toFixed(1)}`,
          `${peer.seconds.toFixed(1)}, training ${peer.train.toFixed(1)}`,
          ratio.toFixed(2),
          ...[losslab, peer].map(({ dice, hd95 }) => `${number(dice, 3)}, ${number(hd95, 2)}`),
        ]),
        [
          "whole experiment",
          ourSeconds.toFixed(1),
          `${theirSeconds.toFixed(1)}, loading ${load.load.toFixed(1)}`,
          (ourSeconds / theirSeconds).toFixed(2),
          "",
          "",
        ],
      ],
    )
    const whole = { losslab: ourSeconds, peer: theirSeconds, ratio: ourSeconds / theirSeconds }
    printResult(json, table, { machine: machineOf({}), epochs: task.epochs, load: load.load, rows, whole })
  } finally {
    process.chdir(before)
    await rm(folder, { recursive: true, force: true })
  }
}
