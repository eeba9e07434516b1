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

const warmUps = 2

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

/** Both take turns, so that whatever else the machine does falls on both alike. A turn is several calls in a row: the
 *  first of them finds the caches full of the other's numbers and does not count. */
export const alternate = async (
  losslab: Calls,
  peer: Calls,
  { rounds, callsPerTurn }: { readonly rounds: number; readonly callsPerTurn: number },
): Promise<Comparison> => {
  const turn = async (calls: Calls) => (await calls(1 + callsPerTurn)).slice(1)
  const turns: { readonly ours: readonly number[]; readonly theirs: readonly number[] }[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const taken = { ours: await turn(losslab), theirs: await turn(peer) }
    if (round >= 0) turns.push(taken)
  }
  const ours = spreadOf(turns.flatMap((taken) => taken.ours))
  const theirs = spreadOf(turns.flatMap((taken) => taken.theirs))
  const ratios = spreadOf(turns.map((taken) => spreadOf(taken.ours).median / spreadOf(taken.theirs).median))
  return { losslab: ours, peer: theirs, ratio: { ...ratios, min: ours.min / theirs.min } }
}
