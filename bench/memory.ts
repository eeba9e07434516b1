import { selectEngine } from "../src/engine/selectEngine.ts"
import { benchArguments } from "./benchArguments.ts"
import { machineOf } from "./machine.ts"
import type { Memory, MemoryTask } from "./memoryChild.ts"
import { printResult } from "./printResult.ts"
import { nodeOutput, pythonOutput } from "./runProcess.ts"
import { markdownTable } from "./table.ts"
import { titleOf, unetCases } from "./unetCases.ts"
import { variantNames, variantTitles } from "./unetTimes.ts"

const large = unetCases.find(({ name }) => name === "large")!
const small = { name: "small", baseWidth: 16, size: 64, batch: 4 }

const ours = async (task: MemoryTask) =>
  JSON.parse(await nodeOutput("bench/memoryChild.ts", JSON.stringify(task))) as Memory

/** What the resident size grows by between two steps of a curve, in MB. */
const growth = (curve: Memory["curve"], from: number, to: number): number => {
  const at = (step: number) => curve.find(([one]) => one === step)![1]
  return at(to) - at(from)
}

/** The largest resident size of a process that takes training steps, and PyTorch's; and how losslab's goes on over many
 *  steps of a small network. Every measurement is a process of its own; Linux alone.
 *  npm run bench -- memory [--json] [--quick] [--steps N] [--long N] */
export const memory = async (args: readonly string[]): Promise<void> => {
  const { json, quick, numbers } = benchArguments("memory", args, { steps: 30, long: 1000 })
  const [steps, long] = quick ? [2, 100] : [numbers.steps, numbers.long]
  const every = Math.max(1, Math.floor(long / 10))
  const { threads } = selectEngine("tensorflow")

  const { peakMb } = await ours({ ...large, steps, every: steps })
  const peers = []
  for (const variant of variantNames) {
    const task = { ...large, variant, steps, threads }
    const answer = JSON.parse(await pythonOutput("memory.py", JSON.stringify(task))) as { peakMb: number }
    peers.push({ variant, ...answer, ratio: peakMb / answer.peakMb })
  }
  const { curve } = await ours({ ...small, steps: long, every })
  const growthMb = growth(curve, every, every * Math.floor(long / every))

  const peaks = markdownTable(
    ["program", "peak, MB", "losslab's over it"],
    [
      ["losslab", peakMb.toFixed(0), ""],
      ...peers.map((peer) => [variantTitles[peer.variant], peer.peakMb.toFixed(0), peer.ratio.toFixed(2)]),
    ],
  )
  const course = markdownTable(
    ["after step", "resident, MB"],
    curve.map(([step, mb]) => [String(step), mb.toFixed(1)]),
  )
  const table = `${titleOf(large)}, ${steps} training steps

${peaks}
${titleOf(small)}: ${growthMb.toFixed(1)} MB more after step ${curve.at(-1)![0]} than after step ${every}

${course}`
  printResult(json, table, {
    machine: machineOf({}),
    steps,
    case: large,
    peakMb,
    peers,
    small,
    curve,
    growthMb,
  })
}
