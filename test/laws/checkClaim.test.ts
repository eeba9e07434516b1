import { beforeAll, describe, expect, it } from "vitest"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { doesNotHold, holds } from "../../src/laws/claim.ts"
import { finite } from "../../src/laws/universal.ts"
import { bce } from "../../src/losses/bce.ts"
import { fixed } from "../../src/losses/loss.ts"
import { useJavascriptEngine } from "../support/engine.ts"

import { check, dice, named, subjectOf } from "./madeUpLosses.ts"

beforeAll(useJavascriptEngine)

describe("a claim", () => {
  it("that a law does not hold needs a counterexample", () => {
    expect(
      checkClaim(subjectOf(dice), doesNotHold(named("additive"), "it is of the batch"), check).passed,
    ).toBe(true)
    expect(checkClaim(subjectOf(bce()), doesNotHold(named("additive"), "no reason"), check)).toMatchObject({
      passed: false,
      runs: 1500,
    })
  })

  it("that fails has a small counterexample, which its seed and path give again at once", () => {
    const verdict = checkClaim(subjectOf(dice), holds(named("additive")), check)
    const { given, found, seed, path } = verdict.counterexample!
    // Two images of one pixel: one image alone is a batch.
    expect(given.of).toMatchObject({ shape: [2, 1, 1] })
    expect(found).toMatch(/^\S+ of the batch, \S+ the mean over its images$/)
    const again = checkClaim(subjectOf(dice), holds(named("additive")), { runs: 100, seed, path })
    expect(again).toMatchObject({ passed: false, runs: 1, counterexample: { given, found } })
  })

  it("fails when the loss throws, and says what it threw", () => {
    const throwing = fixed(() => {
      throw new Error("out of cheese")
    })
    expect(checkClaim(subjectOf(throwing), holds(finite), check).counterexample?.found).toBe(
      "it throws: out of cheese",
    )
  })

  it("says what caused what it threw", () => {
    const throwing = fixed(() => {
      throw new Error("the module throws", { cause: new Error("out of cheese") })
    })
    expect(checkClaim(subjectOf(throwing), holds(finite), check).counterexample?.found).toBe(
      "it throws: the module throws: out of cheese",
    )
  })
})
