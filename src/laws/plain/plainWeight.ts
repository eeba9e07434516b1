type Schedule = Readonly<Record<string, unknown>>

/** A weight over the training, in float64. @param schedule as YAML says it, every default filled in */
export const plainWeight = (schedule: Schedule, progress: number): number => {
  const { kind, from, to, start, end, stairs, value, values, at } = schedule as {
    readonly [option: string]: number
  } & {
    readonly kind: string
    readonly stairs: number | null
    readonly values: readonly number[]
    readonly at: readonly number[]
  }
  const s = Math.min(1, Math.max(0, (progress - start!) / (end! - start!)))
  switch (kind) {
    case "constant":
      return value!
    case "linear": {
      if (stairs === null || stairs === undefined) return from! + (to! - from!) * s
      // An edge that float64 misses by its last bit is met in float32.
      const edge = (i: number) => start! + ((end! - start!) * i) / stairs - 1e-9
      let stair = 0
      while (stair < stairs - 1 && edge(stair + 1) <= progress) stair++
      return from! + ((to! - from!) * stair) / (stairs - 1)
    }
    case "cosine":
      return to! + ((from! - to!) * (1 + Math.cos(Math.PI * s))) / 2
    case "step":
      return values[at.filter((share) => share <= progress).length]!
    default:
      throw new Error(`plainWeight: no such schedule: ${kind}`)
  }
}
