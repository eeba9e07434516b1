import { describe, expect, it } from "vitest"
import { lossDescription } from "../../../src/config/catalog/losses.ts"
import { codecOf } from "../../../src/config/language/codec.ts"
import { refusals } from "../refusals.ts"

const refused = (yaml: string) => refusals(yaml, lossDescription)
const canonical = (plain: object) => {
  const result = codecOf(lossDescription).decode(plain)
  if (result._tag === "Left") throw new Error("refused")
  return result.right
}

describe("the presets of losses", () => {
  it("are the readings of the published code and text", () => {
    expect(canonical({ kind: "pyTorchFocal", preset: "as-trained" })).toEqual({
      kind: "pyTorchFocal",
      preset: "as-trained",
      ...{ alpha: 0.25, gamma: 2, input: "probabilities-as-logits" },
    })
    const computed = { gamma: "computed", gammaPenalty: 0.1 }
    const adaptive = { exponent: "adaptive", regionWeight: "adaptive", kernel: 4 }
    expect(canonical({ kind: "adaptiveFocal", preset: "seed-code" })).toMatchObject({
      ...computed,
      ...{ difficulty: "area", variability: "area", over: "batch", gammaGradient: "detached" },
      ...adaptive,
      ...{ form: "reference", input: "logits" },
    })
    expect(canonical({ kind: "adaptiveFocal", preset: "seed-text" })).toMatchObject({
      ...computed,
      ...{ difficulty: "confidence", variability: "std", over: "image", gammaGradient: "attached" },
      ...adaptive,
    })
  })
})

describe("rules over several options of a loss", () => {
  const both = (falsePositive: number, falseNegative: number) =>
    `falsePositive: ${falsePositive}, falseNegative: ${falseNegative} }`

  it.each(["tversky", "focalTversky"])("let some error count in %s", (kind) => {
    expect(refused(`{ kind: ${kind}, ${both(0, 0)}`)).toEqual([
      expect.stringMatching(/falsePositive: neither false positives nor false negatives weigh anything/),
    ])
    expect(refused(`{ kind: ${kind}, ${both(0, 0.1)}`)).toEqual(["accepted"])
    expect(refused(`{ kind: ${kind}, ${both(0.1, 0)}`)).toEqual(["accepted"])
  })

  it("give a learned gamma something to decide, and room to begin", () => {
    const learned = (options: string) => refused(`{ kind: adaptiveFocal, gamma: learned, ${options} }`)
    expect(learned("exponent: 1")).toEqual(["accepted"])
    expect(learned("regionWeight: 1")).toEqual(["accepted"])
    expect(learned("regionWeight: 1, exponent: 1")[0]).toContain("gamma: gamma is learned, but exponent and")
    expect(learned("gammaFloor: 1, gammaCeiling: 1")[0]).toContain("gammaFloor: a learned gamma starts at 1")
    expect(refused("{ kind: adaptiveFocal, gammaFloor: 1, gammaCeiling: 1 }")).toEqual(["accepted"])
    expect(refused("{ kind: adaptiveFocal, exponent: 1, regionWeight: 1 }")).toEqual(["accepted"])
  })

  it("give deep supervision as many kernels as weights, and a weight above 0", () => {
    const deep = (options: string) => refused(`{ kind: deepSupervised, loss: { kind: bce }, ${options} }`)
    expect(deep("weights: [1, 1], kernels: [2, 1]")).toEqual(["accepted"])
    expect(deep("weights: [1, 1], kernels: []")).toEqual(["accepted"])
    expect(deep("weights: [1, 1]")).toEqual([
      expect.stringContaining("kernels: there are not as many kernels as weights: 4 for 2"),
    ])
    expect(deep("weights: [0, 0], kernels: []")).toEqual([
      expect.stringContaining("weights: every weight is 0, so nothing would be trained"),
    ])
  })

  it("let a weight schedule begin before it ends, and change in order", () => {
    const scheduled = (weight: string) =>
      refused(`{ kind: scheduled, loss: { kind: bce }, weight: { ${weight} } }`)
    for (const kind of ["linear", "cosine"]) {
      expect(scheduled(`kind: ${kind}, from: 0, to: 1, start: 0.5, end: 0.6`)).toEqual(["accepted"])
      for (const [start, end] of [
        [0.5, 0.5],
        [0.6, 0.5],
      ])
        expect(scheduled(`kind: ${kind}, from: 0, to: 1, start: ${start}, end: ${end}`)).toEqual([
          expect.stringContaining(
            `weight.end: the weight has changed before it begins to | expected more than start, ${start} | found ${end}`,
          ),
        ])
    }
    expect(scheduled("kind: step, values: [1], at: []")).toEqual(["accepted"])
    expect(scheduled("kind: step, values: [1, 2, 3], at: [0.2, 0.4]")).toEqual(["accepted"])
    for (const [values, at] of [
      ["[1, 2]", "[0.2, 0.4]"],
      ["[1, 2, 3]", "[0.4]"],
    ])
      expect(scheduled(`kind: step, values: ${values}, at: ${at}`)[0]).toContain("weight.values: ")
    expect(scheduled("kind: step, values: [1, 2, 3, 4], at: [0.2, 0.4, 0.4]")).toEqual([
      expect.stringContaining(
        "weight.at.2: the changes are not in order | expected more than 0.4 | found 0.4",
      ),
    ])
  })

  it("keep a trained weight from a loss that may be negative, naming it", () => {
    expect(refused("{ kind: uncertaintySum, terms: [{ kind: boundary }] }")).toEqual([
      expect.stringContaining(
        "terms.0: boundary may be negative, and its trained weight would then grow without bound | " +
          "expected a loss that is never negative | found boundary, which does not claim the law nonNegative | " +
          "use sum and weighted with it",
      ),
    ])
    expect(refused("{ kind: uncertaintySum, terms: [{ kind: module, path: a.ts }] }")[0]).toContain(
      "found a module, whose own claims are not used here",
    )
  })
})
