import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { buildParts } from "../../src/pipeline/parts.ts"
import { baseExperiment, cellOf, decoded } from "../support/experimentLeaves.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const specOf = (load: object = {}, more: object = {}) =>
  cellOf(decoded({ ...baseExperiment, load: { ...baseExperiment.load, ...load }, ...more })!)

describe("buildParts", () => {
  it("builds each part from its place in the spec", async () => {
    const augment = [{ kind: "gamma" }, { kind: "flip", axis: "rows" }]
    const spec = specOf({ resize: { kind: "spacing", spacingMm: [1, 2] } }, { augment })
    const parts = await buildParts(spec)
    expect(parts.source.spec).toEqual(spec.load.source)
    expect(parts.resize.spec).toEqual(spec.load.resize)
    expect(parts.intensity.spec).toEqual(spec.load.intensity)
    expect(parts.augmentations.map((part) => part.spec)).toEqual(spec.augment)
    expect(parts.model.spec).toEqual(spec.train.model)
    expect(parts.objective.spec).toEqual(spec.train.loss)
    expect(parts.optimizer.spec).toEqual(spec.train.optimizer)
    expect(parts.schedule.spec).toEqual(spec.train.schedule)
    expect(parts.schedule.value(3, 10)).toBe(0.1)
    expect(parts.resize.value).toEqual({ kind: "spacing", spacingMm: [1, 2] })
  })

  it("makes a split of what the spec says when there is no file", async () => {
    const { split } = await buildParts(specOf())
    const wanted = { train: 1, validation: 1, test: 1, seed: 4 }
    expect(split).toEqual({ spec: { ...wanted, file: null }, value: { ...wanted, table: null }, sources: [] })
  })

  it("makes a split of what a file says", async () => {
    const file = join(await temporaryFolder(), "split.csv")
    await writeFile(file, "case,split\nP1,test\nP2,train\n")
    const { split } = await buildParts(specOf({ split: { file, seed: 5 } }))
    const rest = { train: "all", validation: 0, test: "all", seed: 5 }
    expect(split.spec).toEqual({
      ...rest,
      file: [
        ["case", "P1", "test"],
        ["case", "P2", "train"],
      ],
    })
    expect(split.value).toMatchObject({
      ...rest,
      table: {
        placements: [
          { by: "case", name: "P1", split: "test", place: { line: 2 } },
          { by: "case", name: "P2", split: "train", place: { line: 3 } },
        ],
        problems: [],
      },
    })
  })

  it("refuses a split file that cannot be read", async () => {
    const file = join(await temporaryFolder(), "gone.csv")
    await expect(buildParts(specOf({ split: { file } }))).rejects.toMatchObject({ kind: "config" })
  })
})
