import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { softMaskFault } from "../../../src/config/catalog/losses/softMaskFault.ts"
import { lossDescription, scaleSpecs } from "../../../src/config/catalog/losses.ts"
import {
  hasModule,
  lossName,
  mapTerms,
  placedTermsOf,
  termsOf,
} from "../../../src/config/catalog/nestedLosses.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { nested } from "../../../src/config/catalog/singleScaleLosses.ts"
import { codecOf } from "../../../src/config/language/codec.ts"
import { meanReduction } from "../../../src/laws/batch.ts"
import { nonNegative } from "../../../src/laws/bounds.ts"
import { fixed, type Loss } from "../../../src/losses/loss.ts"

const bce = { kind: "bce" }
const own = { kind: "module", path: "/own.ts", options: {} }
const weighted = (loss: PartSpec) => ({ kind: "weighted", loss, weight: 2 })
const sum = (...terms: PartSpec[]) => ({ kind: "sum", terms })
const agBce = (form: string, kernel = 4) => ({ kind: "agBce", kernel, hardWeight: 4, form })

describe("the losses that a loss is made of", () => {
  it("have places", () => {
    expect(placedTermsOf(bce)).toEqual([])
    expect(placedTermsOf(weighted(bce))).toEqual([["loss", bce]])
    expect(placedTermsOf(sum(bce, own))).toEqual([
      ["terms.0", bce],
      ["terms.1", own],
    ])
    expect(termsOf(sum(bce, own))).toEqual([bce, own])
  })

  it("may be, or be made of, a module", () => {
    expect([bce, sum(bce, bce), weighted(sum(bce))].map(hasModule)).toEqual([false, false, false])
    expect([own, sum(bce, own), weighted(sum(own, bce))].map(hasModule)).toEqual([true, true, true])
  })

  it("are named in a line", () => {
    expect(lossName(bce)).toBe("bce")
    expect(lossName(own)).toBe("module /own.ts")
    expect(lossName(sum(bce, weighted(own)))).toBe("sum of bce and weighted of module /own.ts")
  })

  it("are changed, and nothing else", () => {
    const change = (term: PartSpec) => ({ ...term, changed: true })
    expect(mapTerms(bce, change)).toEqual(bce)
    expect(mapTerms(weighted(bce), change)).toEqual(weighted({ ...bce, changed: true }))
    const two = sum(bce, own)
    expect(mapTerms(two, change)).toEqual(sum({ ...bce, changed: true }, { ...own, changed: true }))
    expect(two).toEqual(sum(bce, own))
  })
})

describe("the losses of the outputs", () => {
  it("are one for each weight, with its kernel where there is one", () => {
    const deep = (kernels: number[], loss: PartSpec, weights = [1, 1]) => ({
      ...{ kind: "deepSupervised", loss, weights, kernels },
    })
    expect(scaleSpecs(bce)).toEqual([bce])
    expect(scaleSpecs(deep([3, 1], agBce("logits")))).toEqual([agBce("logits", 3), agBce("logits", 1)])
    expect(scaleSpecs(deep([], agBce("logits", 7), [1, 0, 1]))).toEqual(Array(3).fill(agBce("logits", 7)))
    expect(scaleSpecs(deep([3, 1], bce))).toEqual([bce, bce])
  })
})

describe("nested losses", () => {
  const loss = (name: string): Loss => fixed(() => name as never)

  it("are combined at once, in their order", () => {
    const one = loss("one")
    const made: (readonly Loss[])[] = []
    const make = (losses: readonly Loss[]) => {
      made.push(losses)
      return one
    }
    expect(nested.combine([bce, weighted(bce)], make)).toBe(one)
    expect(made[0]).toHaveLength(2)
  })

  it("are combined later when a file must be loaded, which fails as the file does", async () => {
    const combined = nested.combine([bce, own], () => loss("never"))
    expect(combined).toBeInstanceOf(Promise)
    await expect(combined).rejects.toMatchObject({ kind: "config" })
  })

  it("claim what their options allow, and say in words when", () => {
    expect(nested.claims(agBce("logits"), nonNegative)).toBe(true)
    expect(nested.claims(agBce("reference"), nonNegative)).toBe(false)
    expect(nested.conditionOf(agBce("reference"), nonNegative)).toBe("in the form logits")
    expect(nested.conditionOf(bce, nonNegative)).toBeNull()
    expect(nested.conditionOf({ kind: "boundary" }, nonNegative)).toBeNull()
    // Claims that a law does not hold are no claims of it.
    expect(nested.claims({ kind: "boundary" }, nonNegative)).toBe(false)
    expect(nested.claims(bce, meanReduction)).toBe(true)
  })

  it("take soft masks when all that they are made of do", () => {
    expect([bce, weighted(bce), sum(bce, bce)].map(nested.softMask)).toEqual([true, true, true])
    const hard = agBce("logits")
    expect([hard, weighted(hard), sum(bce, hard), own].map(nested.softMask)).toEqual(Array(4).fill(false))
    const scheduled = (one: PartSpec) => ({
      kind: "scheduled",
      loss: one,
      weight: { kind: "constant", value: 1 },
    })
    const others = [scheduled, (one: PartSpec) => ({ kind: "perImage", loss: one })]
    for (const around of others)
      expect([bce, hard].map((one) => nested.softMask(around(one)))).toEqual([true, false])
    const uncertain = (...terms: PartSpec[]) => ({ kind: "uncertaintySum", terms })
    expect([uncertain(bce, bce), uncertain(bce, hard)].map(nested.softMask)).toEqual([true, false])
  })

  it("say which of them does not take soft masks, the innermost", () => {
    expect(softMaskFault(nested, sum(bce, bce), "loss")).toBeNull()
    const fault = softMaskFault(nested, sum(bce, weighted(agBce("logits"))), "loss")
    expect(fault).toEqual({
      path: "loss.terms.1.loss",
      message: "agBce is right for masks in {0, 1} alone, and would be given masks between them",
      expected: "a loss that takes soft masks",
      found: "agBce",
      fix: "choose one that does, such as bce, weightedBce or focal, or leave the masks as they are",
    })
  })

  it("are drawn valid, of no other losses but weighted ones, and of every kind that is none", () => {
    const drawn = fc.sample(nested.drawn(), { numRuns: 400, seed: 3 })
    const kinds = new Set<string>()
    for (const spec of drawn) {
      expect(codecOf(lossDescription).is(spec)).toBe(true)
      const inner = spec.kind === "weighted" ? (spec.loss as PartSpec) : spec
      expect(termsOf(inner)).toEqual([])
      kinds.add(spec.kind)
      kinds.add(inner.kind)
    }
    expect(kinds.has("weighted")).toBe(true)
    expect(kinds.has("module")).toBe(false)
    expect(kinds.size).toBe(20)
    const defaults = drawn.filter(
      ({ kind, gamma, alpha }) => kind === "focal" && gamma === 2 && alpha === 0.25,
    )
    expect(defaults.length).toBeGreaterThan(0)
  })
})
