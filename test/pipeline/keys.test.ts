import { writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import type { CellSpec } from "../../src/config/experiment/cellSpec.ts"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { type CellKeys, cellKeys } from "../../src/pipeline/keys.ts"
import { buildParts } from "../../src/pipeline/parts.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const file = resolve(import.meta.dirname, "../../experiments/adaptive.yaml")

const specOf = (cell: number, ...sets: string[]): CellSpec => {
  const loaded = loadExperiment(file, sets)
  if (loaded._tag === "Left") throw new Error(JSON.stringify(loaded.left))
  return loaded.right.cells[cell]!.spec
}

const keysOf = async (spec: CellSpec, data = "data", engine = "tensorflow 2.21.0, 2 threads") =>
  cellKeys(spec, await buildParts(spec), data, engine)

/** Names of the stages whose keys differ. */
const changed = (a: CellKeys, b: CellKeys) =>
  (["load", "references", "train", "evaluate"] as const).filter((stage) => a[stage] !== b[stage])

describe("cellKeys", () => {
  let base: CellKeys
  beforeAll(async () => {
    base = await keysOf(specOf(0))
  })

  it("are the same for the same cell", async () => {
    expect(changed(base, await keysOf(specOf(0)))).toEqual([])
  })

  it("of two losses share the data and differ from training on", async () => {
    expect(changed(base, await keysOf(specOf(1)))).toEqual(["train", "evaluate"])
  })

  it("do not change with the report's title or the experiment's name", async () => {
    expect(changed(base, await keysOf(specOf(0, "report.title=other", "name=other")))).toEqual([])
  })

  it.each([
    ["train.epochs=3", ["train", "evaluate"]],
    ["seed=7", ["train", "evaluate"]],
    ["evaluate.empty=worst", ["references", "evaluate"]],
    ["load.size=[64, 64]", ["load", "references", "train", "evaluate"]],
    ["load.resize={ kind: spacing, spacingMm: [0.3, 0.3] }", ["load", "references", "train", "evaluate"]],
    ["load.split.seed=3", ["load", "references", "train", "evaluate"]],
    ["augment=[]", ["train", "evaluate"]],
  ])("with --set %s change for %j", async (set, stages) => {
    expect(changed(base, await keysOf(specOf(0, set)))).toEqual(stages)
  })

  it("follow the data's content and the engine", async () => {
    const spec = specOf(0)
    expect(changed(base, await keysOf(spec, "other data"))).toEqual([
      "load",
      "references",
      "train",
      "evaluate",
    ])
    expect(changed(base, await keysOf(spec, "data", "javascript 4.22.0"))).toEqual(["train", "evaluate"])
  })

  it("follow what a split file says, not where it lies or how it is written", async () => {
    const folder = await temporaryFolder()
    const keysWith = async (name: string, text: string) => {
      await writeFile(join(folder, name), text)
      return keysOf(specOf(0, "load.split.validation=0", `load.split.file=${join(folder, name)}`))
    }
    const one = await keysWith("a.csv", "patient,split\na,train\nb,test\n")
    expect(changed(one, await keysWith("b.csv", '"split";"patient"\r\ntrain;a\r\ntest;b\r\n'))).toEqual([])
    expect(changed(one, await keysWith("c.csv", "patient,split\na,train\nc,test\n"))).toContain("load")
  })

  it("say which ingredient changed", async () => {
    const other = await keysOf(specOf(0, "train.epochs=3"))
    const names = Object.keys(base.ingredients).filter(
      (name) => base.ingredients[name] !== other.ingredients[name],
    )
    expect(names).toEqual(["train options"])
  })
})
