import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writeNpy } from "../src/data/files/npy.ts"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { benchArguments } from "./benchArguments.ts"
import { machineOf } from "./machine.ts"
import { pythonPath } from "./peer.ts"
import { printResult } from "./printResult.ts"
import { losslabOutput, nodeOptions, root } from "./runProcess.ts"
import { markdownTable, spreadText } from "./table.ts"
import { timeTo } from "./timeTo.ts"
import { type Calls, comparisonOf, spreadOf, takeTurns } from "./timing.ts"

const [size, batch, baseWidth, slices] = [128, 8, 8, 40]

const tiny = `name: tiny
extends: ${join(root, "experiments", "base", "phantom.yaml")}
load: { source: { train: 5, test: 1, slices: 10 }, split: { validation: 1 } }
train:
  model: { kind: unet, depth: 4, baseWidth: ${baseWidth}, batchNorm: true }
  loss: { kind: bce }
  optimizer: { kind: sgd, momentum: 0.9 }
  schedule: { kind: constant, learningRate: 0.01 }
  batchSize: ${batch}
  epochs: 1
`

const isStep = (line: string): boolean => line.startsWith('{"event":"step"')

/** Whether a cell of a run has taken a step. */
const stepIn = async (run: string): Promise<boolean> => {
  const cells = await readdir(join(run, "cells")).catch(() => [])
  const logs = await Promise.all(
    cells.map((cell) => readFile(join(run, "cells", cell, "log.jsonl"), "utf8").catch(() => "")),
  )
  return logs.some((log) => log.split("\n").some(isStep))
}

const counted =
  (once: () => Promise<number>): Calls =>
  async (count) => {
    const taken: number[] = []
    for (let i = 0; i < count; i++) taken.push(await once())
    return taken
  }

/** The time from a command to its first training step, of a small U-Net on data that are there: `losslab run`, the cell
 *  that it starts, and a PyTorch script. In turns.
 *  npm run bench -- startUp [--json] [--quick] [--rounds N] */
export const startUp = async (args: readonly string[]): Promise<void> => {
  const { json, quick, numbers } = benchArguments("startUp", args, { rounds: 5 })
  const { environment, threads } = selectEngine("tensorflow")
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  try {
    const file = (name: string) => join(folder, name)
    await writeFile(file("tiny.yaml"), tiny)
    await losslabOutput(folder, ["run", "tiny.yaml", "--out", "first", "--backend", "tensorflow"]) // stores the data
    for (const name of ["images", "masks"])
      await writeFile(
        file(`${name}.npy`),
        writeNpy({
          shape: [slices, size, size, 1],
          data: Float32Array.from({ length: slices * size * size }, (_, i) => i % 2),
        }),
      )

    const losslab = (...words: readonly string[]) => ({
      program: process.execPath,
      args: [...nodeOptions, join(root, "src", "main.ts"), ...words],
      cwd: folder,
      environment,
    })
    let count = 0
    /** A run of its own: with another learning rate nothing but the data can come from the store. */
    const run = counted(() => {
      const out = `run${++count}`
      const rate = `train.schedule.learningRate=${0.01 + count * 1e-5}`
      return timeTo(losslab("run", "tiny.yaml", "--set", rate, "--out", out, "--backend", "tensorflow"), {
        seen: () => stepIn(file(out)),
      })
    })
    const cell = counted(() =>
      timeTo(losslab("cell", "--plan", file(`run${count}/plan.json`), "--index", "0"), { line: isStep }),
    )
    const task = { images: file("images.npy"), masks: file("masks.npy"), baseWidth, batch, threads }
    const peer = counted(() =>
      timeTo(
        {
          program: pythonPath(),
          args: [join(root, "bench", "peer", "start_up.py"), JSON.stringify(task)],
          cwd: folder,
        },
        { line: () => true },
      ),
    )
    const rounds = quick ? 1 : numbers.rounds
    const taken = await takeTurns({ run, cell, peer }, { rounds, callsPerTurn: 1, warmUps: 0 })

    const against = {
      run: comparisonOf(taken.run, taken.peer),
      cell: comparisonOf(taken.cell, taken.peer),
    }
    const table = markdownTable(
      ["from the command to the first step", "ms", "ratio to PyTorch"],
      [
        ["`losslab run`", spreadText(against.run.losslab, 0), spreadText(against.run.ratio, 2)],
        ["the cell that it starts", spreadText(against.cell.losslab, 0), spreadText(against.cell.ratio, 2)],
        ["PyTorch script", spreadText(spreadOf(taken.peer.flat()), 0), ""],
      ],
    )
    printResult(json, table, { machine: machineOf({}), rounds, against })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
