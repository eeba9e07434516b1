import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { benchArguments } from "./benchArguments.ts"
import { type ExperimentRun, type LossRun, runLosslab, runPyTorch } from "./experimentRun.ts"
import { experimentTask } from "./experimentTask.ts"
import { machineOf } from "./machine.ts"
import { printResult } from "./printResult.ts"
import { root } from "./runProcess.ts"
import { markdownTable, spreadText } from "./table.ts"
import { comparisonOf } from "./timing.ts"

const scoresText = ({ dice, hd95 }: LossRun): string =>
  `${dice?.toFixed(3) ?? "none"}, ${hd95?.toFixed(2) ?? "none"}`

/** The whole experiment of experiments/adaptive.yaml against the same as a PyTorch script: same network, data, split,
 *  epochs, losses and metrics, each from its start to its end, in turns. losslab also scores the reference rows and
 *  writes a report. The phantom is there before.
 *  npm run bench -- experiment [--json] [--quick] [--epochs N] [--rounds N] [--workers N]
 *  @param args --workers: of PyTorch's DataLoader; 0, its default, loads in the training's own process */
export const experiment = async (args: readonly string[]): Promise<void> => {
  const defaults = { epochs: 10, rounds: 1, workers: 0 }
  const { json, quick, numbers } = benchArguments("experiment", args, defaults)
  const { workers, rounds } = numbers
  const epochs = quick ? 1 : numbers.epochs
  const file = join(root, "experiments", "adaptive.yaml")
  const sets = [`train.epochs=${epochs}`]
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  const before = process.cwd()
  try {
    process.chdir(folder)
    const { threads } = selectEngine("tensorflow")
    const task = { ...(await experimentTask(file, sets)), threads, workers }
    const runs: { readonly losslab: ExperimentRun; readonly peer: ExperimentRun }[] = []
    for (let round = 0; round < rounds; round++)
      runs.push({
        losslab: await runLosslab(folder, `losslab${round}`, file, sets),
        peer: await runPyTorch(folder, `peer${round}`, task),
      })
    const compared = (secondsOf: (run: ExperimentRun) => number) =>
      comparisonOf(
        runs.map(({ losslab }) => [secondsOf(losslab)]),
        runs.map(({ peer }) => [secondsOf(peer)]),
      )
    const [first] = runs
    const losses = Object.keys(task.losses).map((loss) => ({
      loss,
      cell: compared((run) => run.losses[loss]!.seconds),
      training: compared((run) => run.losses[loss]!.train),
      losslab: scoresText(first!.losslab.losses[loss]!),
      peer: scoresText(first!.peer.losses[loss]!),
    }))
    const whole = compared((run) => run.seconds)
    const times = ({ losslab, peer, ratio }: typeof whole) => [
      spreadText(losslab, 1),
      spreadText(peer, 1),
      spreadText(ratio, 2),
    ]
    const table = markdownTable(
      ["", "losslab, s", "PyTorch, s", "ratio", "losslab: Dice, HD95 in mm", "PyTorch: Dice, HD95 in mm"],
      [
        ...losses.flatMap(({ loss, cell, training, losslab, peer }) => [
          [loss, ...times(cell), losslab, peer],
          [`${loss}, training alone`, ...times(training), "", ""],
        ]),
        ["whole experiment", ...times(whole), "", ""],
      ],
    )
    printResult(json, table, { machine: machineOf({}), epochs, rounds, workers, losses, whole, runs })
  } finally {
    process.chdir(before)
    await rm(folder, { recursive: true, force: true })
  }
}
