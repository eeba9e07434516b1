import { beforeAll, describe, expect, it } from "vitest"
import { claimantOf } from "../../src/config/catalog/lossSubject.ts"
import { singleScaleLosses } from "../../src/config/catalog/singleScaleLosses.ts"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const kinds = Object.keys(singleScaleLosses).filter((kind) => singleScaleLosses[kind]!.claims.length > 0)

describe.each(kinds)("%s", (kind) => {
  const { subject, claims } = claimantOf(kind)
  const titled = claims.map((claim) => ({
    claim,
    title: `${claim.holds ? "" : "not "}${claim.law.name}${claim.when === undefined ? "" : ` ${claim.when.says}`}`,
  }))

  it.each(titled)("is $title, as it claims", ({ claim }) => {
    const { passed, counterexample, runs } = checkClaim(subject, claim, { runs: 30, seed: 20240827 })
    expect(passed, `after ${runs} runs: ${JSON.stringify(counterexample)}`).toBe(true)
  })

  it("claims every law once for the same options", () => {
    expect(new Set(titled.map(({ title }) => title)).size).toBe(titled.length)
  })
})
