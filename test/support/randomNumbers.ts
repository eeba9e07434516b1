/** Choices that a seed alone decides: fast-check draws the seed, so that a failure is told by one number. */
export interface RandomNumbers {
  /** From min to max, both included. */
  readonly whole: (min: number, max: number) => number
  readonly pick: <A>(...items: readonly A[]) => A
  readonly shuffled: <A>(items: readonly A[]) => A[]
}

/** Mulberry32 (Tommy Ettinger, public domain). */
export const randomNumbers = (seed: number): RandomNumbers => {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    whole,
    pick: (...items) => items[whole(0, items.length - 1)]!,
    shuffled: (items) => {
      const all = [...items]
      for (let i = all.length - 1; i > 0; i--) {
        const j = whole(0, i)
        ;[all[i], all[j]] = [all[j]!, all[i]!]
      }
      return all
    },
  }
}
