import { quantile } from "../src/statistics/quantile.ts"
import type { Peer } from "./peer.ts"

/** A way to do something: milliseconds of each of so many calls. */
export type Calls = (count: number) => readonly number[] | Promise<readonly number[]>

/** Where measurements lie: half of them between the quartiles. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly quartiles: readonly [lower: number, upper: number]
}

/** Two ways side by side. */
export interface Comparison {
  /** Milliseconds of a call. */
  readonly losslab: Spread
  readonly peer: Spread
  /** losslab's time over the peer's: 2 is twice as slow. `min` is the ratio of the two minima; median and quartiles are
   *  of the ratios of the turns, each of the medians of two turns that lie side by side. */
  readonly ratio: Spread
}

/** Throws RangeError when there are no values. */
export const spreadOf = (values: readonly number[]): Spread => {
  const at = (level: number): number => {
    const value = quantile(values, level)
    if (value === null) throw new RangeError("nothing was measured")
    return value
  }
  return { min: Math.min(...values), median: at(0.5), quartiles: [at(0.25), at(0.75)] }
}

export const milliseconds =
  (once: () => unknown): Calls =>
  async (count) => {
    const taken: number[] = []
    for (let i = 0; i < count; i++) {
      const start = performance.now()
      await once()
      taken.push(performance.now() - start)
    }
    return taken
  }

/** Calls of what the peer has prepared: its script answers {"calls": N} with {"ms": [...]}. */
export const peerCalls =
  (peer: Peer): Calls =>
  async (count) =>
    (await peer.ask<{ ms: readonly number[] }>({ calls: count })).ms

export interface Turns {
  readonly rounds: number
  readonly callsPerTurn: number
  /** Rounds that do not count. */
  readonly warmUps?: number
}

/** Milliseconds of the calls of each turn that counts. */
type Taken = readonly (readonly number[])[]

/** All take turns, so that whatever else the machine does falls on all alike. A turn is several calls in a row: the
 *  first of them finds the caches full of the others' numbers and does not count. */
export const takeTurns = async <Name extends string>(
  parties: Readonly<Record<Name, Calls>>,
  { rounds, callsPerTurn, warmUps = 2 }: Turns,
): Promise<Readonly<Record<Name, Taken>>> => {
  const names = Object.keys(parties) as Name[]
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[][]>
  for (let round = -warmUps; round < rounds; round++)
    for (const name of names) {
      const ms = await parties[name](1 + callsPerTurn)
      if (round >= 0) taken[name].push(ms.slice(1))
    }
  return taken
}

export const comparisonOf = (ours: Taken, theirs: Taken): Comparison => {
  const [losslab, peer] = [spreadOf(ours.flat()), spreadOf(theirs.flat())]
  const ratios = spreadOf(ours.map((turn, i) => spreadOf(turn).median / spreadOf(theirs[i]!).median))
  return { losslab, peer, ratio: { ...ratios, min: losslab.min / peer.min } }
}

/** Two ways in turns. */
export const alternate = async (losslab: Calls, peer: Calls, turns: Turns): Promise<Comparison> => {
  const taken = await takeTurns({ losslab, peer }, turns)
  return comparisonOf(taken.losslab, taken.peer)
}
