import { describe, expect, it } from "vitest"
import { type Verified, verifiedJson } from "../../../src/commands/verify/verified.ts"
import { verifyText } from "../../../src/commands/verify/verifyText.ts"
import { claimOf, counterexampleOf, verdictOn } from "./verdicts.ts"

const verified = (more: Partial<Verified>): Verified => ({
  ...{ name: "own", madeOfModule: false, verdicts: [], observed: [], runs: 10, seed: 7 },
  again: ({ claim }) => `losslab verify own --law ${claim.law.name}`,
  ...more,
})

const right = verdictOn(claimOf("convex", { when: { says: "with an odd kernel", holds: () => true } }))
const expected = verdictOn(claimOf("bounded", { holds: false, because: "it grows" }), "9 > 1", true)
const wrong = verdictOn(claimOf("additive"), "3 is not 2")
const unfound = verdictOn(claimOf("mirrored", { holds: false }), undefined, false)

describe("verifyText", () => {
  it("has a line for each claim, then the counterexamples, as they can be typed in and tried again", () => {
    expect(verifyText(verified({ verdicts: [right, expected, wrong, unfound] }))).toBe(`\
own: 2 of 4 claims hold (10 runs each, seed 7)
law       for                 result                  it says
convex    with an odd kernel  holds                   The law convex.
bounded                       does not hold, as said  The law bounded. Not here: it grows.
additive                      FAILED                  The law additive.
mirrored                      FAILED                  The law mirrored.

additive FAILED: 3 is not 2
  by       2
  again:   losslab verify own --law additive

mirrored FAILED: said not to hold, it held in 10 runs

`)
  })

  it("says that one run was one", () => {
    expect(verifyText(verified({ verdicts: [right], runs: 1 }))).toMatch(
      /^own: 1 of 1 claims hold \(1 run each, seed 7\)\n/,
    )
  })

  it("tells what was not claimed, but tried", () => {
    const observed = [
      right,
      wrong,
      verdictOn(claimOf("even"), "4 is not 5"),
      verdictOn(claimOf("odd"), "it throws: no"),
    ]
    expect(verifyText(verified({ verdicts: [right], observed }))).toBe(`\
own: 1 of 1 claims hold (10 runs each, seed 7)
law     for                 result  it says
convex  with an odd kernel  holds   The law convex.

Not claimed, but tried:
  no counterexample to convex
  does not obey additive, even
  to see a counterexample, add --law additive

`)
    const tried = (verdicts: Verified["observed"]) =>
      verifyText(verified({ verdicts: [right], observed: verdicts })).split("tried:\n")[1]
    expect(tried([right])).toBe("  no counterexample to convex\n\n")
    expect(tried([wrong])).toBe("  does not obey additive\n  to see a counterexample, add --law additive\n\n")
    expect(tried([verdictOn(claimOf("odd"), "it throws: no")])).toBeUndefined()
  })

  it("shows the counterexample to what is not claimed where nothing else was asked for", () => {
    expect(verifyText(verified({ observed: [wrong] }))).toBe(`\
own: not claimed, but tried (10 runs each, seed 7)
law       for  result         it says
additive       does not hold  The law additive.

additive does not hold: 3 is not 2
  by       2
  again:   losslab verify own --law additive

`)
  })

  it("says what is not known of a loss that is made of a module", () => {
    const note = "\nIt is made of a module: only the laws that every loss must obey are checked."
    expect(verifyText(verified({ verdicts: [right], madeOfModule: true }))).toContain(note)
    expect(verifyText(verified({ verdicts: [right] }))).not.toContain(note)
  })
})

describe("verifiedJson", () => {
  it("has every verdict with its claim, and what was tried only where something was", () => {
    const law = (name: string) => ({
      law: name,
      says: `The law ${name}.`,
      claimed: "holds",
      when: null,
      runs: 10,
    })
    const convex = { ...law("convex"), when: "with an odd kernel", passed: true, counterexample: null }
    const bounded = {
      ...{ ...law("bounded"), claimed: "doesNotHold", passed: true },
      counterexample: counterexampleOf("9 > 1"),
    }
    expect(verifiedJson(verified({ verdicts: [right, expected] }))).toEqual({
      ...{ loss: "own", runs: 10, seed: 7, passed: true, laws: [convex, bounded] },
    })
    const additive = { ...law("additive"), passed: false, counterexample: counterexampleOf("3 is not 2") }
    expect(verifiedJson(verified({ verdicts: [right, wrong], observed: [wrong] }))).toEqual({
      ...{ loss: "own", runs: 10, seed: 7, passed: false, laws: [convex, additive], notClaimed: [additive] },
    })
    expect(verifiedJson(verified({ verdicts: [right], observed: [wrong] })).passed).toBe(true)
  })
})
