import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss } from "../../../src/config/catalog/losses.ts"
import { fixedClaimantOf } from "../../../src/config/catalog/lossSubject.ts"
import { checkClaim } from "../../../src/laws/checkClaim.ts"
import { holds } from "../../../src/laws/claim.ts"
import type { Law } from "../../../src/laws/law.ts"
import { fallsAs, risesWith } from "../../../src/laws/shape.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("a loss with the options of a spec", () => {
  it("is compared with itself under other options, not under the same", async () => {
    const spec = { kind: "pyTorchFocal", alpha: 0.25, gamma: 2, input: "logits" }
    const { subject } = fixedClaimantOf(spec, await buildLoss(spec))
    const passes = (law: Law) => checkClaim(subject, holds(law), { runs: 50, seed: 1 }).passed
    expect(passes(fallsAs("gamma"))).toBe(true)
    expect(passes(risesWith("gamma"))).toBe(false)
  })
})
