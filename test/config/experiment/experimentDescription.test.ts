import { describe, expect, it } from "vitest"
import { catalogs } from "../../../src/config/catalog/catalogs.ts"
import { cellSpecOf, experimentDescription } from "../../../src/config/experiment/experimentDescription.ts"
import { codecOf } from "../../../src/config/language/codec.ts"
import { jsonSchemaOf } from "../../../src/config/language/jsonSchema.ts"
import { publishedSchema } from "../../support/publishedSchema.ts"
import { refusals } from "../refusals.ts"
import { smallExperiment, smallLanguage } from "../smallLanguage.ts"

const refused = (...changes: readonly (readonly [from: string, to: string])[]) =>
  refusals(
    changes.reduce((text, [from, to]) => text.replace(from, to), smallExperiment),
    smallLanguage,
  )
const more = (line: string) => ["  batchSize: 8\n", `  batchSize: 8\n${line}\n`] as const

describe("the experiment language", () => {
  it("has the options, limits and defaults that its published schema promises", () => {
    const options = { id: "experiment.schema.json", title: "losslab experiment", partial: true }
    expect(jsonSchemaOf(experimentDescription(catalogs), options)).toEqual(publishedSchema())
  })

  it("keeps the best epoch only where validation patients can tell it, be it by a file", () => {
    const best = more("  keep: best")
    expect(refused(best)).toEqual([expect.stringContaining("train.keep: `best` is judged by validation")])
    const split = (text: string) => ["{ kind: phantom }\n", `{ kind: phantom }\n  split: ${text}\n`] as const
    expect(refused(best, split("{ validation: 1 }"))).toEqual(["accepted"])
    expect(refused(best, split("{ validation: 0.5 }"))).toEqual(["accepted"])
    expect(refused(best, split("{ validation: [P1] }"))).toEqual(["accepted"])
    expect(refused(best, split("{ file: split.csv }"))).toEqual(["accepted"])
    expect(refused(more("  keep: last"))).toEqual(["accepted"])
  })

  it("asks for sizes that the model can halve, on either side, and names the nearest", () => {
    const size = (text: string) => refused(["[64, 32]", text])
    expect(size("[16, 4096]")).toEqual(["accepted"])
    // Multiples of 16: 40 is as near to 32 as to 48, and 8 would be nearest to none.
    for (const [text, near] of [
      ["[40, 64]", "[48, 64]"],
      ["[64, 39]", "[64, 32]"],
      ["[8, 4090]", "[16, 4096]"],
    ])
      expect(size(text!)).toEqual([
        expect.stringContaining(
          `load.size: the model unet needs rows and columns that are multiples of 16 | write ${near}`,
        ),
      ])
  })

  it("names a size that is there, be it a single pixel of the deepest layer", () => {
    // Of 128: 8 is nearest to none, which is no size, and 4000 to 31 * 128.
    expect(refused(["[64, 32]", "[8, 4000]"], ["{ kind: unet }", "{ kind: unet, depth: 7 }"])).toEqual([
      expect.stringContaining("write [128, 3968]"),
    ])
  })

  it("names metrics once each", () => {
    const metrics = (text: string) => refused(more(`evaluate: { metrics: ${text} }`))
    expect(metrics("[dice, iou]")).toEqual(["accepted"])
    expect(metrics("[dice, iou, hd, iou, dice]")).toEqual([
      expect.stringContaining("evaluate.metrics.3: iou is named twice | keep one of the two"),
    ])
  })
})

describe("a split", () => {
  it("is held against the numbers of a source that says how many patients it has", () => {
    const language = experimentDescription({ ...catalogs })
    const problems = (source: object, split: object) => {
      const plain = {
        name: "a",
        load: { source, split, size: [64, 64] },
        train: {
          ...{ model: { kind: "unet" }, loss: { kind: "bce" }, optimizer: { kind: "sgd" } },
          ...{ schedule: { kind: "constant", learningRate: 0.1 }, epochs: 1, batchSize: 1 },
        },
      }
      const result = codecOf(language).decode(plain)
      return result._tag === "Left" ? result.left.length : 0
    }
    const phantom = { kind: "phantom", train: 3, test: 2 }
    expect(problems(phantom, { train: 2, validation: 1, test: 2 })).toBe(0)
    expect(problems(phantom, { train: 3, validation: 1, test: 2 })).toBe(1)
    expect(problems(phantom, { train: 2, validation: 1, test: 3 })).toBe(1)
    // Who knows how many there are in a folder.
    const folder = { kind: "folder", images: "a", masks: "b" }
    expect(problems(folder, { train: 300, validation: 100, test: 300 })).toBe(0)
  })
})

describe("cellSpecOf", () => {
  it("is what the cells of an experiment share, the title its name unless it has one", () => {
    const decoded = {
      ...{ name: "a", extends: [], seed: 1, load: {}, augment: [], train: {}, evaluate: {}, sweep: {} },
    }
    const report = { title: null, baseline: null, remark: [] }
    expect(cellSpecOf({ ...decoded, report })).toEqual({
      ...{ name: "a", seed: 1, load: {}, augment: [], train: {}, evaluate: {} },
      report: { ...report, title: "a" },
    })
    expect(cellSpecOf({ ...decoded, report: { ...report, title: "T" } }).report.title).toBe("T")
  })
})
