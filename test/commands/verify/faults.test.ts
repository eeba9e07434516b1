import { describe, expect, it } from "vitest"
import { faultsOf, threw } from "../../../src/commands/verify/faults.ts"
import { claimOf, verdictOn } from "./verdicts.ts"

const when = { says: "with an odd kernel", holds: () => true }

describe("faultsOf", () => {
  it("has every claim that failed by itself, under its law and its condition", () => {
    const [a, b] = [verdictOn(claimOf("a", { when }), "1 > 0"), verdictOn(claimOf("b"), "1 > 0")]
    expect(faultsOf([verdictOn(claimOf("right")), a, b])).toEqual([
      { laws: "a (with an odd kernel)", verdicts: [a] },
      { laws: "b", verdicts: [b] },
    ])
  })

  it("puts those together for which the loss throws the same", () => {
    const [a, b, c, d] = [
      verdictOn(claimOf("a"), "it throws: out of cheese"),
      verdictOn(claimOf("b"), "it throws: something else"),
      verdictOn(claimOf("c", { when }), "it throws: out of cheese"),
      verdictOn(claimOf("d", { holds: false }), undefined, false),
    ]
    expect(faultsOf([a, b, c, d])).toEqual([
      { laws: "a, c (with an odd kernel)", verdicts: [a, c] },
      { laws: "b", verdicts: [b] },
      { laws: "d", verdicts: [d] },
    ])
  })

  it("has none where all passed, also what is said not to hold and does not", () => {
    expect(
      faultsOf([verdictOn(claimOf("a")), verdictOn(claimOf("b", { holds: false }), "1 > 0", true)]),
    ).toEqual([])
  })
})

describe("threw", () => {
  it("tells a loss that throws from one that does not obey", () => {
    expect(threw(verdictOn(claimOf("a"), "it throws: out of cheese"))).toBe(true)
    expect(threw(verdictOn(claimOf("a"), "1 > 0, and so it throws: no"))).toBe(false)
    expect(threw(verdictOn(claimOf("a")))).toBe(false)
  })
})
