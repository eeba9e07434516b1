import type { ProfileTotal } from "./profile.ts"

/** Sums by name. */
export interface Totals {
  /** How many of this name were added before. */
  readonly add: (name: string, micros: number) => number
  /** The most expensive first. */
  readonly list: () => readonly ProfileTotal[]
}

export const totals = (): Totals => {
  const sums = new Map<string, { count: number; micros: number }>()
  return {
    add: (name, micros) => {
      const sum = sums.get(name) ?? { count: 0, micros: 0 }
      sums.set(name, sum)
      sum.micros += micros
      return sum.count++
    },
    list: () =>
      [...sums]
        .map(([name, { count, micros }]) => ({ name, count, milliseconds: micros / 1000 }))
        .sort((a, b) => b.milliseconds - a.milliseconds),
  }
}
