import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss, lossDescription } from "../../../src/config/catalog/losses.ts"
import { lossValue } from "../../../src/laws/evaluate.ts"
import { row } from "../../../src/laws/lossCase.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { refusals } from "../refusals.ts"

beforeAll(useJavascriptEngine)

const refused = (yaml: string) => refusals(yaml, lossDescription)

describe("label smoothing and soft targets in YAML", () => {
  it("are built around any loss that takes soft masks, and around each other", async () => {
    const mixed = {
      kind: "softTargets",
      share: 0.5,
      loss: { kind: "weighted", weight: 2, loss: { kind: "bce" } },
    }
    const loss = await buildLoss({ kind: "labelSmoothing", smoothing: 0.2, loss: mixed })
    // The outer one comes first: y = 1 becomes 0.9, mixed with n = 0: 0.45. At z = 0 any mask costs log 2; at a
    // large z the false share of it: 2 x 0.55 z.
    expectClose(lossValue(loss, row([100], [1], [0])), 110, { relative: 1e-6 })
    expect(loss.needs).toEqual({ second: true, distance: false })
    expect(refused("{ kind: softTargets, loss: { kind: labelSmoothing, loss: { kind: focal } } }")).toEqual([
      "accepted",
    ])
  })

  it("are refused around a loss that is right for hard masks alone, with the place of that loss", () => {
    expect(refused("{ kind: labelSmoothing, loss: { kind: agBce } }")).toEqual([
      expect.stringMatching(
        /:1:31 loss: agBce is right for masks in \{0, 1\} alone.* \| expected a loss that takes soft masks \| found agBce/,
      ),
    ])
    const hidden =
      "{ kind: sum, terms: [{ kind: bce }, { kind: weighted, weight: 1, loss: { kind: adaptiveFocal } }] }"
    expect(refused(`{ kind: softTargets, loss: ${hidden} }`)).toEqual([
      expect.stringContaining("loss.terms.1.loss: adaptiveFocal is right for masks in {0, 1} alone"),
    ])
    expect(refused("{ kind: labelSmoothing, loss: { kind: module, path: a.ts } }")[0]).toContain(
      "loss: module is right",
    )
  })

  it("take a smoothing below 1", () => {
    expect(refused("{ kind: labelSmoothing, loss: { kind: bce }, smoothing: 1 }")).toEqual([
      expect.stringContaining("smoothing: "),
    ])
  })
})

describe("a learned gamma in YAML", () => {
  it("has parameters, and none when it is computed", async () => {
    const options = { kernel: 1, gammaPenalty: 0.1, gammaFloor: 0.01, gammaCeiling: 2, over: "batch" }
    const spec = { kind: "adaptiveFocal", ...options, difficulty: "area", variability: "area" }
    const rest = {
      gammaGradient: "detached",
      exponent: "adaptive",
      regionWeight: "adaptive",
      form: "logits",
      input: "logits",
    }
    const parametersOf = async (gamma: string) =>
      Object.keys((await buildLoss({ ...spec, ...rest, gamma })).init({} as never))
    expect(await parametersOf("learned")).toEqual(["offset", "difficulty", "variability"])
    expect(await parametersOf("computed")).toEqual([])
  })

  it("is refused where it would decide nothing, or cannot start at 1", () => {
    const learned = (options: string) => refused(`{ kind: adaptiveFocal, gamma: learned, ${options} }`)
    expect(learned("exponent: 2")).toEqual(["accepted"])
    expect(learned("exponent: 2, regionWeight: 1")).toEqual([
      expect.stringContaining("gamma: gamma is learned, but"),
    ])
    expect(learned("gammaCeiling: 1")).toEqual([
      expect.stringMatching(/gammaCeiling: a learned gamma starts at 1.* \| expected gammaFloor below 1/),
    ])
    expect(learned("gammaFloor: 1")).toEqual([
      expect.stringContaining("gammaFloor: a learned gamma starts at 1"),
    ])
  })
})
