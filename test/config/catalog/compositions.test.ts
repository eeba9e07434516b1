import { resolve } from "node:path"
import * as tf from "@tensorflow/tfjs-core"
import { either as E } from "fp-ts"
import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss, buildObjective, lossDescription, scaleSpecs } from "../../../src/config/catalog/losses.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { nested } from "../../../src/config/catalog/singleScaleLosses.ts"
import { codecOf } from "../../../src/config/language/codec.ts"
import { jsonSchemaOf } from "../../../src/config/language/jsonSchema.ts"
import { referencePageOf } from "../../../src/config/language/referencePage.ts"
import { resolvePaths } from "../../../src/config/language/resolvePaths.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { additive, imageOrder } from "../../../src/laws/batch.ts"
import { nonNegative } from "../../../src/laws/bounds.ts"
import { lossValue } from "../../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../../src/laws/lossCase.ts"
import { convex } from "../../../src/laws/shape.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { leaves } from "../../../src/tensor/tree.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { locatedYaml } from "../locatedYaml.ts"
import { refusals } from "../refusals.ts"
import { schemaAccepts } from "../schemaAccepts.ts"

beforeAll(useJavascriptEngine)

/** The canonical spec of a YAML text. */
const canonical = (yaml: string): PartSpec => {
  const decoded = codecOf(lossDescription).decode(toPlain(locatedYaml(yaml)))
  if (E.isLeft(decoded)) throw new Error(`invalid: ${refusals(yaml, lossDescription).join("; ")}`)
  return decoded.right as PartSpec
}

const refused = (yaml: string) => refusals(yaml, lossDescription)

const valueOfYaml = async (yaml: string, of: LossCase): Promise<number> => {
  const loss = await buildLoss(canonical(yaml))
  return tf.tidy(() => lossValue(loss, of, loss.init(rootKey(0))))
}

const module = (name: string): string => resolve(import.meta.dirname, "../../fixtures/modules", `${name}.ts`)

/** Cross-entropy log 2, focal loss 0.0625 log 2. */
const undecided = row([0], [1])

describe("combinators in YAML", () => {
  it("nest, with every default filled in", () => {
    const yaml =
      "{ kind: sum, terms: [{ kind: weighted, weight: 2, loss: { kind: perImage, loss: { kind: pyTorchFocal } } }, " +
      "{ kind: scheduled, loss: { kind: bce }, weight: { kind: linear, from: 0, to: 1 } }] }"
    expect(canonical(yaml)).toEqual({
      kind: "sum",
      terms: [
        {
          kind: "weighted",
          loss: { kind: "perImage", loss: { kind: "pyTorchFocal", alpha: 0.25, gamma: 2, input: "logits" } },
          weight: 2,
        },
        {
          kind: "scheduled",
          loss: { kind: "bce" },
          weight: { kind: "linear", from: 0, to: 1, start: 0, end: 1, stairs: null },
        },
      ],
    })
  })

  it("are built as what they say", async () => {
    const sum =
      "{ kind: sum, terms: [{ kind: bce }, { kind: weighted, loss: { kind: pyTorchFocal }, weight: 4 }] }"
    expectClose(await valueOfYaml(sum, undecided), 1.25 * Math.LN2, { relative: 1e-6 })
    const learned = "{ kind: uncertaintySum, terms: [{ kind: bce }, { kind: bce }] }"
    expectClose(await valueOfYaml(learned, undecided), 2 * Math.LN2, { relative: 1e-6 })
    const { value: objective } = await buildObjective(canonical(learned))
    const paths = tf.tidy(() => leaves(objective.init(rootKey(0))).map(([path]) => path))
    expect(paths).toEqual(["logVariances"])
  })

  it.each([
    ["{ kind: constant, value: 3 }", [3, 3, 3]],
    ["{ kind: linear, from: 2, to: 4 }", [2, 2.5, 4]],
    // Of five stairs the second begins at 0.2, the last at 0.8.
    ["{ kind: linear, from: 2, to: 4, stairs: 5 }", [2, 2.5, 4]],
    ["{ kind: cosine, from: 2, to: 4, end: 0.5 }", [2, 3, 4]],
    ["{ kind: step, values: [1, 5], at: [0.25] }", [1, 5, 5]],
  ] as const)("follow the training by %s", async (weight, weights) => {
    const yaml = `{ kind: scheduled, loss: { kind: bce }, weight: ${weight} }`
    const values = await Promise.all(
      [0, 0.25, 1].map((progress) => valueOfYaml(yaml, { ...undecided, progress })),
    )
    expectClose(
      values.map((value) => value / Math.LN2),
      weights,
      { relative: 1e-6 },
    )
  })

  it("can say Kervadec's schedule: one weight takes from the other, epoch by epoch", async () => {
    // 100 epochs. The boundary loss would stand where pyTorchFocal stands: here it costs 0.0625 log 2.
    const yaml = `
kind: sum
terms:
  - kind: scheduled
    loss: { kind: bce }
    weight: { kind: linear, from: 1, to: 0.1, start: 0, end: 0.91, stairs: 91 }
  - kind: scheduled
    loss: { kind: pyTorchFocal }
    weight: { kind: linear, from: 0.01, to: 1, stairs: 100 }
`
    for (const [epoch, region, boundary] of [
      [1, 1, 0.01],
      [2, 0.99, 0.02],
      [50, 0.51, 0.5],
      [91, 0.1, 0.91],
      [100, 0.1, 1],
    ] as const) {
      const progress = (epoch - 1) / 100
      expectClose(
        await valueOfYaml(yaml, { ...undecided, progress }),
        (region + 0.0625 * boundary) * Math.LN2,
        {
          relative: 1e-6,
        },
      )
    }
  })

  it("give every scale its kernel, down to the losses that have one", () => {
    const yaml =
      "{ kind: deepSupervised, weights: [1, 1], kernels: [3, 1], loss: { kind: sum, terms: [{ kind: bce }, " +
      "{ kind: weighted, weight: 2, loss: { kind: agBce, kernel: 9 } }] } }"
    const kernels = scaleSpecs(canonical(yaml)).map(({ terms }) => terms)
    expect(kernels).toEqual(
      [3, 1].map((kernel) => [
        { kind: "bce" },
        { kind: "weighted", weight: 2, loss: { kind: "agBce", kernel, hardWeight: 4, form: "reference" } },
      ]),
    )
  })

  it("need and are keyed by everything that they are made of", async () => {
    const path = module("scaledBrier")
    const yaml = `{ kind: deepSupervised, loss: { kind: sum, terms: [{ kind: bce }, { kind: weighted, weight: 1, loss: { kind: module, path: ${path} } }, { kind: bce }] } }`
    const { value, sources } = await buildObjective(canonical(yaml))
    expect(value.needs).toEqual({ second: true, distance: false })
    expect(sources).toEqual([
      "losses/deepSupervised.ts",
      "losses/sum.ts",
      "losses/bce.ts",
      "losses/weighted.ts",
      path,
    ])
  })

  it("load a module that is a term", async () => {
    const yaml = `{ kind: sum, terms: [{ kind: bce }, { kind: module, path: ${module("scaledBrier")}, options: { factor: 3 } }] }`
    // log 2 and, as the second annotator disagrees, (1/2 - 1)^2 x 3.
    expectClose(await valueOfYaml(yaml, row([0], [0], [1])), Math.LN2 + 0.75, { relative: 1e-6 })
  })

  it("have paths of modules relative to the file that says them", () => {
    const yaml = "{ kind: perImage, loss: { kind: sum, terms: [{ kind: module, path: mine.ts }] } }"
    expect(toPlain(resolvePaths(lossDescription, locatedYaml(yaml)))).toEqual({
      kind: "perImage",
      loss: { kind: "sum", terms: [{ kind: "module", path: resolve("mine.ts") }] },
    })
  })
})

describe("combinators that are wrong", () => {
  it("are shown where, however deep", () => {
    expect(
      refused("{ kind: sum, terms: [{ kind: bce }, { kind: weighted, weight: -1, loss: bce }] }"),
    ).toEqual([
      expect.stringMatching(/:1:63 terms\.1\.weight: out of range .*from 0 to 1000/),
      expect.stringMatching(/:1:73 terms\.1\.loss: wrong type .*a loss.*write \{ kind: bce \}/),
    ])
    expect(refused("{ kind: sum, terms: [] }")[0]).toContain("too few items")
    expect(refused("{ kind: sum, terms: [{ kind: deepSupervised, loss: { kind: bce } }] }")[0]).toMatch(
      /terms\.0\.kind: deepSupervised cannot stand here .*\| make deepSupervised the outermost/,
    )
  })

  it.each([
    ["{ kind: linear, from: 1, to: 0, start: 0.5, end: 0.5 }", "weight.end: the weight has changed before"],
    ["{ kind: cosine, from: 1, to: 0, start: 1 }", "weight.end: the weight has changed before"],
    ["{ kind: step, values: [1, 2], at: [] }", "weight.values: 2 weights for 0 changes"],
    ["{ kind: step, values: [1, 2, 3], at: [0.5, 0.2] }", "weight.at.1: the changes are not in order"],
    ["{ kind: linear, from: 1, to: 0, stairs: 1 }", "weight.stairs: "],
  ])("%s", (weight, problem) => {
    const problems = refused(`{ kind: scheduled, loss: { kind: bce }, weight: ${weight} }`)
    expect(problems).toEqual([expect.stringContaining(problem)])
  })

  it("trained weights are refused for a term that can be negative, with the way out", () => {
    const yaml = "{ kind: uncertaintySum, terms: [{ kind: bce }, { kind: agBce }] }"
    expect(refused(yaml)).toEqual([
      expect.stringMatching(
        /:1:48 terms\.1: agBce may be negative .* \| expected a loss that is never negative \| found agBce, .* nonNegative \| .*never negative in the form logits/,
      ),
    ])
    expect(refused(yaml.replace("agBce", "agBce, form: logits"))).toEqual(["accepted"])
    const hidden = "{ kind: sum, terms: [{ kind: weighted, weight: 1, loss: { kind: agBce } }] }"
    expect(refused(`{ kind: uncertaintySum, terms: [${hidden}] }`)[0]).toMatch(
      /:1:89 terms\.0\.terms\.0\.loss: agBce may be negative/,
    )
    const learned = "{ kind: uncertaintySum, terms: [{ kind: bce }] }"
    expect(refused(`{ kind: uncertaintySum, terms: [${learned}] }`)[0]).toContain(
      "terms.0: uncertaintySum may be negative",
    )
    expect(refused("{ kind: uncertaintySum, terms: [{ kind: module, path: a.ts }] }")[0]).toContain(
      "terms.0: module may be negative, and",
    )
  })
})

describe("combinators and laws", () => {
  it("claim what all that they are made of claim", () => {
    const sum = (...kinds: string[]): PartSpec => ({
      kind: "sum",
      terms: kinds.map((kind) => canonical(`{ kind: ${kind} }`)),
    })
    expect(nested.claims(sum("bce", "bce"), convex)).toBe(true)
    expect(nested.claims(sum("bce", "pyTorchFocal"), convex)).toBe(false)
    expect(nested.claims(sum("bce", "pyTorchFocal"), nonNegative)).toBe(true)
    expect(nested.claims(sum("bce", "agBce"), nonNegative)).toBe(false)
    expect(nested.claims({ kind: "weighted", loss: sum("bce", "agBce"), weight: 1 }, imageOrder)).toBe(true)
  })

  it("are additive over images that are looked at alone, whatever their loss is", () => {
    const focal = canonical("{ kind: adaptiveFocal, over: batch }")
    expect(nested.claims(focal, additive)).toBe(false)
    expect(nested.claims({ kind: "perImage", loss: focal }, additive)).toBe(true)
  })
})

describe("what is written about combinators", () => {
  it("is a schema that refers to itself and accepts what the codec accepts", () => {
    const schema = jsonSchemaOf(lossDescription, { id: "id", title: "Title" })
    const yaml = (loss: string) =>
      toPlain(locatedYaml(`{ kind: perImage, loss: { kind: sum, terms: [${loss}] } }`))
    expect(schemaAccepts(schema, yaml("{ kind: bce }, { kind: agBce, kernel: 2 }"))).toBe(true)
    expect(schemaAccepts(schema, yaml("{ kind: bce, gamma: 2 }"))).toBe(false)
    expect(schemaAccepts(schema, yaml(""))).toBe(false)
  })

  it("is a section of the reference page for each, whose nested losses are named and not repeated", () => {
    const page = referencePageOf("Losses", "Intro.", lossDescription)
    expect(page).toContain("## uncertaintySum\n\nThe sum of losses with weights that are trained")
    expect(page).toContain(
      "| `terms` | a list of 1 to 8 items, each a loss | required | The losses that are added. |",
    )
    expect(page.match(/^## bce$/gm)).toHaveLength(1)
  })
})
