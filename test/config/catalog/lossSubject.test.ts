import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss } from "../../../src/config/catalog/losses.ts"
import {
  allClaims,
  claimantOf,
  fixedClaimantOf,
  isSelfContained,
} from "../../../src/config/catalog/lossSubject.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { singleScaleLosses } from "../../../src/config/catalog/singleScaleLosses.ts"
import { nonNegative } from "../../../src/laws/bounds.ts"
import { checkClaim } from "../../../src/laws/checkClaim.ts"
import { applies, holds } from "../../../src/laws/claim.ts"
import { gradient64 } from "../../../src/laws/gradient64.ts"
import type { Law } from "../../../src/laws/law.ts"
import { fallsAs, risesWith } from "../../../src/laws/shape.ts"
import { float64, universalLaws } from "../../../src/laws/universal.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const focal = { kind: "pyTorchFocal", alpha: 0.25, gamma: 2, input: "logits" }
const fixedOf = async (spec: PartSpec) => fixedClaimantOf(spec, await buildLoss(spec))

describe("all claims of a loss", () => {
  const lawsOf = (kind: string) => allClaims(singleScaleLosses[kind]!).map(({ law }) => law)

  it("are the universal laws, agreement with its plain loops, and its own", () => {
    expect(lawsOf("bce")).toEqual([
      ...universalLaws,
      float64,
      gradient64,
      ...singleScaleLosses.bce!.claims.map(({ law }) => law),
    ])
    expect(
      allClaims(singleScaleLosses.bce!)
        .slice(0, universalLaws.length)
        .every((claim) => claim.holds),
    ).toBe(true)
  })

  it("have no agreement where there are no plain loops, and none twice", () => {
    expect(lawsOf("sum")).not.toContain(float64)
    expect(lawsOf("sum")).not.toContain(gradient64)
    // What it says of its gradient is more than that it agrees.
    expect(lawsOf("lovaszHinge").filter((law) => law === gradient64)).toHaveLength(1)
    expect(lawsOf("lovaszHinge")).toContain(float64)
  })
})

describe("a loss that can be verified as a whole", () => {
  it("needs no option that YAML must give, or draws its own", () => {
    expect(["bce", "agBce", "sum", "weighted", "softTargets"].map(isSelfContained)).toEqual(
      Array(5).fill(true),
    )
    expect(isSelfContained("module")).toBe(false)
  })
})

describe("a loss with every option that YAML can express", () => {
  it("has a name, its plain loops, the masks that it takes, and options without the name of a preset", () => {
    const { subject, claims, spec } = claimantOf("pyTorchFocal")
    expect(subject).toMatchObject({ name: "pyTorchFocal", softMask: false })
    expect(subject.plain).toBe(singleScaleLosses.pyTorchFocal!.plain)
    expect(spec).toBeUndefined()
    expect(claims).toEqual(allClaims(singleScaleLosses.pyTorchFocal!))
    const drawn = fc.sample(subject.options, { numRuns: 100, seed: 1 })
    expect(drawn.every((options) => !("preset" in options) && "alpha" in options)).toBe(true)
    expect(new Set(drawn.map(({ input }) => input)).size).toBe(2)
    expect(claimantOf("bce").subject.softMask).toBe(true)
    // Only with all terms, which differ from one to the next.
    expect(claimantOf("sum").subject.softMask).toBe(false)
    expect("plain" in claimantOf("sum").subject).toBe(false)
  })

  it("draws what the entry draws, where it has something to say of that", () => {
    const weights = fc.sample(claimantOf("weighted").subject.options, { numRuns: 100, seed: 1 })
    expect(weights.every(({ weight }) => [0, 0.01, 0.5, 1, 3].includes(Number(weight)))).toBe(true)
  })

  it("is built with the options that it is given", () => {
    const { subject } = claimantOf("agBce")
    expect(subject.build({ kernel: 1, hardWeight: 4, form: "logits" }).needs.second).toBe(true)
  })
})

describe("a loss with the options of a spec", () => {
  it("is compared with itself under other options, not under the same", async () => {
    const { subject } = await fixedOf(focal)
    const passes = (law: Law) => checkClaim(subject, holds(law), { runs: 50, seed: 1 }).passed
    expect(passes(fallsAs("gamma"))).toBe(true)
    expect(passes(risesWith("gamma"))).toBe(false)
  })

  it("is the loss that was built, and another one with other options", async () => {
    const built = await buildLoss(focal)
    const { subject, spec } = fixedClaimantOf({ ...focal, preset: "as-trained" }, built)
    const [options] = fc.sample(subject.options, 1)
    expect(options).toEqual({ alpha: 0.25, gamma: 2, input: "logits" })
    expect(subject.build(options!)).toBe(built)
    expect(subject.build({ ...options })).not.toBe(built)
    expect(spec).toEqual({ ...focal, preset: "as-trained" })
    expect(subject.name).toBe("pyTorchFocal")
    const others = fc.sample(subject.others!(), { numRuns: 50, seed: 1 })
    expect(new Set(others.map(({ gamma }) => gamma)).size).toBeGreaterThan(5)
  })

  it("claims what is about these options, and leaves out the rest", async () => {
    const agBce = (form: string) => fixedOf({ kind: "agBce", kernel: 4, hardWeight: 4, form })
    const [logits, reference] = [await agBce("logits"), await agBce("reference")]
    const all = allClaims(singleScaleLosses.agBce!)
    for (const { claims, leftOut } of [logits, reference])
      expect(new Set([...claims, ...leftOut!])).toEqual(new Set(all))
    const claimsNonNegative = ({ claims }: typeof logits) => claims.some(({ law }) => law === nonNegative)
    expect([logits, reference].map(claimsNonNegative)).toEqual([true, false])
    // That a law does not hold is said of all options together.
    expect(
      logits.claims.every(
        (claim) => claim.holds && applies(claim, { form: "logits", kernel: 4, hardWeight: 4 }),
      ),
    ).toBe(true)
    expect(logits.leftOut!.length).toBeGreaterThan(0)
  })

  it("takes soft masks as its own options say", async () => {
    const bce = { kind: "bce" }
    const hard = { kind: "agBce", kernel: 4, hardWeight: 4, form: "logits" }
    const weighted = async (loss: PartSpec) => (await fixedOf({ kind: "weighted", loss, weight: 1 })).subject
    expect([(await weighted(bce)).softMask, (await weighted(hard)).softMask]).toEqual([true, false])
  })
})
