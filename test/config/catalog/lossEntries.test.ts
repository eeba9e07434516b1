import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { claimantOf } from "../../../src/config/catalog/lossSubject.ts"
import { singleScaleLosses } from "../../../src/config/catalog/singleScaleLosses.ts"
import { checkClaim } from "../../../src/laws/checkClaim.ts"
import { type Claim, holds } from "../../../src/laws/claim.ts"
import { float64 } from "../../../src/laws/universal.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const entries = Object.entries(singleScaleLosses)

/** Those that are made of no others. */
const simple = entries.flatMap(([kind, { plain }]) => (plain === undefined ? [] : [kind]))

describe("a loss of the catalogue", () => {
  // All that losses claim is in test/laws/claims.test.ts.
  it.each(simple)("is %s with the options that YAML says, as in plain loops", (kind) => {
    const { passed, counterexample } = checkClaim(claimantOf(kind).subject, holds(float64), {
      runs: 12,
      seed: 3,
    })
    expect(passed, JSON.stringify(counterexample)).toBe(true)
  })

  it.each(simple)("keeps what it alone claims, or for some options alone: %s", (kind) => {
    const { subject, claims } = claimantOf(kind)
    const isOwn = ({ law }: Claim) =>
      entries.every(([other, { claims }]) => other === kind || !claims.some((claim) => claim.law === law))
    const own = singleScaleLosses[kind]!.claims.filter(isOwn)
    for (const claim of claims.filter((claim) => claim.when !== undefined || own.includes(claim))) {
      const { passed, counterexample } = checkClaim(subject, claim, { runs: 8, seed: 4 })
      expect(passed, `${claim.law.name} ${claim.when?.says}: ${JSON.stringify(counterexample)}`).toBe(true)
    }
  })

  it.each(entries.map(([kind]) => kind))("is %s, and claims the laws of its published page", (kind) => {
    const page = readFileSync(
      resolve(import.meta.dirname, `../../../docs/reference/losses/${kind}.md`),
      "utf8",
    )
    // Rows of the table of laws: a name, what it says, and what the loss has to do with it.
    const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \| ((?:holds|does not hold).*) \|$/gm)].map(
      ([, name, says, here]) => ({ name, says, here }),
    )
    const { claims } = singleScaleLosses[kind]!
    const promised = [...new Set(claims.map(({ law }) => law))].map((law) => ({
      name: law.name,
      says: law.says,
      here: claims
        .filter((claim) => claim.law === law)
        .map(
          ({ holds, when, because }) =>
            `${holds ? "holds" : "does not hold"}${when ? ` ${when.says}` : ""}${because ? `: ${because}` : ""}`,
        )
        .join("; "),
    }))
    expect(promised).toEqual(rows)
  })

  it("has plain loops, unless it is made of other losses or of a file", () => {
    const without = entries.flatMap(([kind, { plain }]) => (plain === undefined ? [kind] : []))
    expect(without).toEqual([
      ...["module", "sum", "weighted", "scheduled", "perImage", "uncertaintySum"],
      ...["labelSmoothing", "softTargets"],
    ])
  })

  it("says which masks it takes, and whether its step can be compiled", () => {
    const hard = entries.flatMap(([kind, { softMask }]) => (softMask === false ? [kind] : []))
    expect(hard).toEqual(["pyTorchFocal", "agBce", "adaptiveFocal", "module"])
    const asItsTerms = entries.flatMap(([kind, { softMask }]) =>
      typeof softMask === "function" ? [kind] : [],
    )
    expect(asItsTerms).toEqual(["sum", "weighted", "scheduled", "perImage", "uncertaintySum"])
    const readers = entries.flatMap(([kind, { readsValues }]) => (readsValues ? [kind] : []))
    expect(readers).toEqual(["hausdorffDt"])
  })

  it("is in the file of its name", () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      adaptiveFocal: ["losses/adaptiveFocal.ts", "losses/learnedAdaptiveFocal.ts"],
      scheduled: ["losses/scheduled.ts", "losses/weightSchedule.ts"],
      module: [],
    }
    for (const [kind, { sources }] of entries)
      expect(sources).toEqual(expected[kind] ?? [`losses/${kind}.ts`])
  })
})
