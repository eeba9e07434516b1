import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { lossDescription } from "../../src/config/catalog/losses.ts"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { codecOf } from "../../src/config/language/codec.ts"
import { toPlain } from "../../src/config/yaml/toPlain.ts"
import { plainWeight } from "../../src/laws/plain/plainWeight.ts"
import { locatedYaml } from "../config/locatedYaml.ts"
import { accepted } from "../config/outcome.ts"
import { refusals } from "../config/refusals.ts"

const root = resolve(import.meta.dirname, "../..")
const page = readFileSync(resolve(root, "docs/how-to/combine-losses.md"), "utf8")

interface Block {
  readonly kind?: string
  readonly train?: { readonly loss: unknown; readonly epochs?: number }
}

const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => toPlain(locatedYaml(text!)) as Block,
)

interface Scheduled {
  readonly weight: Readonly<Record<string, unknown>>
}

/** The weights of the terms of a sum at the beginning of every epoch. */
const weightsOf = (loss: unknown, epochs: number): readonly (readonly number[])[] => {
  const { terms } = loss as { readonly terms: readonly Scheduled[] }
  return Array.from({ length: epochs }, (_, i) => terms.map(({ weight }) => plainWeight(weight, i / epochs)))
}

const decoded = (loss: unknown): unknown => {
  const result = codecOf(lossDescription).decode(loss)
  if (E.isLeft(result)) throw new Error(refusals(JSON.stringify(loss), lossDescription).join("; "))
  return result.right
}

describe("docs/how-to/combine-losses.md", () => {
  it("shows losses that the language has", () => {
    expect(blocks).toHaveLength(3)
    for (const { train, ...loss } of blocks) expect(() => decoded(train?.loss ?? loss)).not.toThrow()
  })

  it("names every kind that is made of others", () => {
    const made = Object.entries(lossDescription.members)
      .filter(([, { fields }]) =>
        Object.values(fields).some(
          (field) => field.tag === "lazy" || (field.tag === "list" && field.item.tag === "lazy"),
        ),
      )
      .map(([kind]) => kind)
    expect(made.filter((kind) => !page.includes(`| \`${kind}\` |`))).toEqual([])
    expect(made).toContain("uncertaintySum")
  })

  it("shows the published schedule", () => {
    const { loss, epochs } = blocks[1]!.train!
    weightsOf(decoded(loss), epochs!).forEach(([region, boundary], i) => {
      expect(region).toBeCloseTo(Math.max(0.1, 1 - 0.01 * i), 12)
      expect(boundary).toBeCloseTo(0.01 * (i + 1), 12)
    })
  })
})

describe("experiments/losses.yaml", () => {
  it("takes 0.01 from Dice's weight with every epoch", () => {
    const { cells } = accepted(loadExperiment(resolve(root, "experiments/losses.yaml"), []))
    const { train } = cells.find(({ label }) => label === "diceBoundary")!.spec
    weightsOf(train.loss.loss, train.epochs).forEach(([region, boundary], i) => {
      expect(region).toBeCloseTo(1 - 0.01 * i, 12)
      expect(boundary).toBeCloseTo(0.01 * (i + 1), 12)
    })
  })
})
