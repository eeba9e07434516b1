import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { bfloat16Problem } from "../src/engine/bfloat16.ts"
import { mean } from "../src/statistics/mean.ts"
import { assertSame } from "./assertSame.ts"
import { benchArguments } from "./benchArguments.ts"
import { startCellEngine } from "./engineEnvironment.ts"
import { machineOf } from "./machine.ts"
import { type Peer, startPeer } from "./peer.ts"
import { printResult } from "./printResult.ts"
import { markdownTable, spreadText } from "./table.ts"
import { type Calls, type Comparison, comparisonOf, milliseconds, takeTurns } from "./timing.ts"
import { titleOf, type UnetCase, unetCases } from "./unetCases.ts"
import { type OptimizerName, type UnetSide, unetSide } from "./unetSide.ts"

/** The variants of bench/peer/training.py, and how far the numbers of each may be from ours: bfloat16 has 8 bits. */
export const variants = { nchw: 1e-4, channelsLast: 1e-4, amp: 0.05 } as const
export type Variant = keyof typeof variants
export const variantNames = Object.keys(variants) as readonly Variant[]
export const variantTitles = { nchw: "PyTorch NCHW", channelsLast: "channels_last", amp: "amp" } as const

interface Run {
  readonly ms: readonly number[]
  readonly values: readonly number[]
}

/** What is timed: how it is called in bench/peer/training.py, and one number of a call, for comparison. */
export interface UnetCall {
  readonly name: "step" | "forward"
  readonly call: (side: UnetSide) => number | Float32Array
}

const numberOf = (result: number | Float32Array): number =>
  typeof result === "number" ? result : mean([...result])!

const timeCase = async (
  one: UnetCase,
  { name, call }: UnetCall,
  peer: Peer,
  options: {
    readonly optimizer: OptimizerName
    readonly threads: number
    readonly rounds: number
    readonly quick: boolean
    /** Whether losslab's step in bfloat16 is timed, too. */
    readonly bfloat16: boolean
  },
) => {
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  const side = unetSide(one, options.optimizer)
  const half = options.bfloat16 ? unetSide(one, options.optimizer, "bfloat16") : null
  try {
    const { optimizer, threads, rounds, quick } = options
    const build = {
      base: one.baseWidth,
      depth: 4,
      deepSupervision: one.deepSupervision ?? false,
      ...(await side.write(folder)),
      optimizer,
      threads,
    }
    await peer.ask({ build })
    const run = (variant: Variant, calls: number) => peer.ask<Run>({ run: name, variant, calls })
    const ours = Array.from({ length: 3 }, () => numberOf(call(side)))
    for (const variant of variantNames)
      for (const [i, value] of (await run(variant, 3)).values.entries())
        assertSame(
          `${titleOf(one)}, ${variant}`,
          `value of ${name} ${i + 1}`,
          ours[i]!,
          value,
          variants[variant],
        )
    if (half !== null)
      for (const value of ours)
        assertSame(`${titleOf(one)}, bfloat16`, `value of ${name}`, numberOf(call(half)), value, variants.amp)
    const theirs =
      (variant: Variant): Calls =>
      async (count) =>
        (await run(variant, count)).ms
    const taken = await takeTurns(
      {
        losslab: milliseconds(() => call(side)),
        bfloat16: half === null ? () => [] : milliseconds(() => call(half)),
        nchw: theirs("nchw"),
        channelsLast: theirs("channelsLast"),
        amp: theirs("amp"),
      },
      quick ? { rounds: 2, callsPerTurn: 2, warmUps: 0 } : { rounds, callsPerTurn: 5, warmUps: 1 },
    )
    const against = Object.fromEntries(
      variantNames.map((variant) => [variant, comparisonOf(taken.losslab, taken[variant])]),
    ) as Record<Variant, Comparison>
    const bfloat16 = half === null ? null : comparisonOf(taken.bfloat16, taken.amp)
    return { case: one, against, bfloat16 }
  } finally {
    side.dispose()
    half?.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}

type CaseTimes = Awaited<ReturnType<typeof timeCase>>

const markdown = (results: readonly CaseTimes[]): string =>
  markdownTable(
    [
      "U-Net",
      "losslab, ms",
      ...variantNames.map((variant) => `${variantTitles[variant]}, ms`),
      ...variantNames.map((variant) => `ratio to ${variantTitles[variant]}`),
      "losslab bfloat16, ms",
      "its ratio to amp",
    ],
    results.map(({ case: one, against, bfloat16 }) => [
      titleOf(one),
      spreadText(against.nchw.losslab, 1),
      ...variantNames.map((variant) => spreadText(against[variant].peer, 1)),
      ...variantNames.map((variant) => spreadText(against[variant].ratio, 2)),
      bfloat16 === null ? "" : spreadText(bfloat16.losslab, 1),
      bfloat16 === null ? "" : spreadText(bfloat16.ratio, 2),
    ]),
  )

/** Times a call of the U-Net in all cases against the same by PyTorch, which starts from the same weights and must come
 *  to the same numbers. All in turns, with as many threads each.
 *  npm run bench -- NAME [--json] [--quick] [--rounds N] [CASE...] */
export const unetTimes = async (call: UnetCall, args: readonly string[]): Promise<void> => {
  const known = unetCases.map(({ name }) => name)
  const { json, quick, numbers, names } = benchArguments(call.name, args, { rounds: 10 }, known)
  const engine = await startCellEngine()
  if (engine === null) return
  const peer = await startPeer("steps.py")
  try {
    const results: CaseTimes[] = []
    const { threads } = engine
    const bfloat16 = call.name === "step" && bfloat16Problem() === null
    for (const one of unetCases.filter(({ name }) => names.includes(name)))
      results.push(
        await timeCase(one, call, peer, {
          optimizer: "sgd",
          threads,
          rounds: numbers.rounds,
          quick,
          bfloat16,
        }),
      )
    const machine = machineOf({ engine: `${engine.version}, ${threads} threads`, ...peer.versions })
    const note = "minimum, median (quartiles) of all calls, in turns; ratios above 1: losslab is slower"
    printResult(json, `${markdown(results)}\n${note}\n`, { machine, results })
  } finally {
    peer.end()
  }
}
