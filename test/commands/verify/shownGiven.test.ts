import { describe, expect, it } from "vitest"
import { shownGiven } from "../../../src/commands/verify/shownGiven.ts"
import { row } from "../../../src/laws/lossCase.ts"

describe("what a law was checked on", () => {
  it("is shown in numbers that are the same in float32 when they are typed in again", () => {
    const logits = [Math.fround(0.37), 1 / 128, -513 / 128, -1e4, -0, Math.fround(1.2345678e-7)]
    const shown = shownGiven({ of: row(logits, [0, 1, 0, 1, 0, 1]) })
    expect(shown[1]).toBe("logits   [[[0.37, 0.0078125, -4.0078125, -10000, 0, 1.2345679e-7]]]")
    const typed = JSON.parse(shown[1]!.slice(9)) as number[][][]
    expect(typed[0]![0]!.map(Math.fround)).toEqual(logits.map((z) => z + 0))
  })
})
