import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { writeNpy } from "../src/data/files/npy.ts"
import type { ScoreOptions } from "../src/metrics/scoreMask.ts"
import { scoreMask } from "../src/metrics/scoreMask.ts"
import { metricNames } from "../src/metrics/scores.ts"
import { median } from "../src/statistics/median.ts"
import { benchArguments } from "./benchArguments.ts"
import { type MaskPair, maskPairs } from "./maskPairs.ts"
import { type Peer, startPeer } from "./peer.ts"
import { printResult } from "./printResult.ts"

interface Rounds {
  readonly rounds: number
  /** Rounds before them that do not count. */
  readonly warmUps: number
}

/** Milliseconds of one way to compute it, over all rounds. */
interface Timing {
  readonly min: number
  readonly median: number
  /** HD95 in mm. */
  readonly value: number
}

/** Who measures; `peer` names the same number by another program. */
const ways = {
  "losslab, pooled": { metrics: ["hd95"], hd95: "pooled" },
  medpy: "medpy",
  "losslab, max-directed": { metrics: ["hd95"], hd95: "max-directed" },
  MONAI: "monai",
  "losslab, all eight metrics": { metrics: metricNames, hd95: "pooled" },
} as const satisfies Readonly<Record<string, Pick<ScoreOptions, "metrics" | "hd95"> | string>>

type Way = keyof typeof ways
type Timings = Readonly<Record<Way, Timing>>

const once = async (way: Way, pair: MaskPair, peer: Peer): Promise<{ ms: number; value: number }> => {
  const how = ways[way]
  if (typeof how === "string") {
    const { ms, value } = await peer.ask({ time: how })
    return { ms: ms!, value: value! }
  }
  const start = performance.now()
  const { values } = scoreMask(pair.prediction, pair.reference, pair.spacingMm, {
    ...how,
    empty: "skip",
    toleranceMm: 2,
  })
  return { ms: performance.now() - start, value: values.hd95! }
}

/** Takes turns, so that whatever else the machine does falls on all of them alike. */
const timingsOf = async (
  pair: MaskPair,
  peer: Peer,
  folder: string,
  { rounds, warmUps }: Rounds,
): Promise<Timings> => {
  const files = ["prediction", "reference"] as const
  for (const file of files) await writeFile(join(folder, `${file}.npy`), writeNpy(pair[file]))
  await peer.ask({ load: files.map((file) => join(folder, `${file}.npy`)), spacing: pair.spacingMm })
  const names = Object.keys(ways) as Way[]
  const taken = new Map(names.map((name) => [name, [] as number[]]))
  const values = new Map<Way, number>()
  for (let round = 0; round < warmUps + rounds; round++)
    for (const name of names) {
      const { ms, value } = await once(name, pair, peer)
      if (round >= warmUps) taken.get(name)!.push(ms)
      values.set(name, value)
    }
  const timing = (name: Way): Timing => ({
    min: Math.min(...taken.get(name)!),
    median: median(taken.get(name)!)!,
    value: values.get(name)!,
  })
  return Object.fromEntries(names.map((name) => [name, timing(name)])) as Timings
}

const ratio = (theirs: Timing, ours: Timing) => ({
  min: theirs.min / ours.min,
  median: theirs.median / ours.median,
})

const table = (name: string, timings: Timings): string => {
  const row = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(12))).join("")}\n`
  const against = { medpy: "losslab, pooled", MONAI: "losslab, max-directed" } as const
  return [
    `${name}\n`,
    row(["", "HD95 (mm)", "min ms", "median ms", "ratio min", "ratio median"]),
    ...(Object.keys(timings) as Way[]).map((way) => {
      const { min, median: middle, value } = timings[way]
      const ratios = way === "medpy" || way === "MONAI" ? ratio(timings[way], timings[against[way]]) : null
      return row([
        way,
        value.toFixed(4),
        min.toFixed(2),
        middle.toFixed(2),
        ...(ratios === null ? [] : [`${ratios.min.toFixed(1)} x`, `${ratios.median.toFixed(1)} x`]),
      ])
    }),
  ].join("")
}

/** Times HD95 of losslab, medpy and MONAI on the same pairs of masks in one run, in turns.
 *  npm run bench -- metrics [--json] [--quick]
 *  @param args --json prints one object instead of the tables */
export const metrics = async (args: readonly string[]): Promise<void> => {
  const { json, quick } = benchArguments("metrics", args, {})
  const turns = quick ? { rounds: 2, warmUps: 1 } : { rounds: 25, warmUps: 5 }
  const peer = await startPeer("metrics.py")
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  try {
    const load = loadavg()[0]!
    if (load > cpus().length / 2)
      process.stderr.write(
        `the machine is busy (load ${load.toFixed(1)} on ${cpus().length} processors): longer measurements suffer more, so the ratios flatter losslab\n`,
      )
    const machine = {
      cpu: `${cpus()[0]?.model ?? "unknown"} x ${cpus().length}`,
      load,
      node: process.version,
      ...peer.versions,
      variables: Object.fromEntries(
        Object.entries(process.env).filter(([name]) => /^(OMP|OPENBLAS|MKL|NUMEXPR)_/.test(name)),
      ),
    }
    const results = []
    for (const pair of maskPairs()) {
      const timings = await timingsOf(pair, peer, folder, turns)
      results.push({ pair: pair.name, shape: pair.reference.shape, timings })
    }
    const { rounds } = turns
    const tables = results.map(({ pair, timings }) => `${table(pair, timings)}\n`).join("")
    const note = `${rounds} rounds, in turns; ${JSON.stringify(machine)}\n`
    printResult(json, `${tables}${note}`, { rounds, machine, results })
  } finally {
    peer.end()
    await rm(folder, { recursive: true, force: true })
  }
}
