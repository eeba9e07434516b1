import { describe, expect, it } from "vitest"
import { draw } from "../../../tools/mutants/draw.ts"
import type { Fault } from "../../../tools/mutants/fault.ts"

/** Three faults on each of twenty lines. */
const faults: readonly Fault[] = Array.from({ length: 60 }, (_, i) => ({
  ...{ file: "src/a.ts", line: 1 + (i % 20), start: i, end: i + 1 },
  ...{ right: "a", wrong: String(i) },
}))

const linesOf = (drawn: readonly Fault[]): readonly number[] => drawn.map(({ line }) => line)

describe("draw", () => {
  it("takes so many, no two on one line", () => {
    const drawn = draw(faults, 15, 1)
    expect(drawn).toHaveLength(15)
    expect(new Set(linesOf(drawn)).size).toBe(15)
  })

  it("takes one of every line when no number is given", () => {
    expect([...linesOf(draw(faults, undefined, 1))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
  })

  it("takes the same for a seed, and others for another", () => {
    expect(draw(faults, 15, 1)).toEqual(draw(faults, 15, 1))
    expect(draw(faults, 15, 1)).not.toEqual(draw(faults, 15, 2))
  })
})
