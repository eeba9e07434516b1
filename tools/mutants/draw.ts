import { rootKey } from "../../src/tensor/randomKey.ts"
import type { Fault } from "./fault.ts"

/** So many faults, at most one a line, in an order and a choice that the seed alone decides.
 *  @param count undefined for one of every line */
export const draw = (faults: readonly Fault[], count: number | undefined, seed: number): readonly Fault[] => {
  const lines = new Set<string>()
  return rootKey(seed)
    .draws()
    .shuffle([...faults])
    .filter(({ file, line }) => {
      const place = `${file}:${line}`
      return !lines.has(place) && lines.add(place)
    })
    .slice(0, count)
}
