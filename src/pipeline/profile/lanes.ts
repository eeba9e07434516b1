/** Spans that may overlap, on as few lanes as it takes that no two of a lane do. */
export interface Lanes {
  /** The first lane that is free, from 0; taken until it is given back. */
  readonly take: () => number
  readonly giveBack: (lane: number) => void
}

export const lanes = (): Lanes => {
  const busy: boolean[] = []
  return {
    take: () => {
      const free = busy.indexOf(false)
      const lane = free < 0 ? busy.length : free
      busy[lane] = true
      return lane
    },
    giveBack: (lane) => {
      busy[lane] = false
    },
  }
}
