import { mkdir, rename, writeFile } from "node:fs/promises"
import { basename, isAbsolute, join, resolve } from "node:path"
import { beforeAll, describe, expect, it, vi } from "vitest"
import type { CellSpec } from "../../src/config/experiment/cellSpec.ts"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { hashOf } from "../../src/pipeline/hash.ts"
import { type CellKeys, cellKeys } from "../../src/pipeline/keys.ts"
import { buildParts } from "../../src/pipeline/parts.ts"
import { baseExperiment, cellOf, decoded } from "../support/experimentLeaves.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

// What files say is in keysOfCode.test.ts; which ones they are is here, a module by its name.
vi.mock("../../src/pipeline/sourceDigest.ts", () => ({
  sourceDigest: (files: readonly string[]) =>
    files.map((file) => (isAbsolute(file) ? basename(file) : file)).join(" "),
}))

const file = resolve(import.meta.dirname, "../../experiments/adaptive.yaml")

const specOf = (cell: number, ...sets: string[]): CellSpec => {
  const loaded = loadExperiment(file, sets)
  if (loaded._tag === "Left") throw new Error(JSON.stringify(loaded.left))
  return loaded.right.cells[cell]!.spec
}

const keysOf = async (spec: CellSpec, data = "data", engine = "tensorflow 2.21.0, 2 threads") =>
  cellKeys(spec, await buildParts(spec), data, engine)

const stages = ["load", "references", "train", "evaluate"] as const

/** Names of the stages whose keys differ. */
const changed = (a: CellKeys, b: CellKeys) => stages.filter((stage) => a[stage] !== b[stage])

/** Names of the ingredients that differ. */
const changedIngredients = (a: CellKeys, b: CellKeys) =>
  Object.keys(a.ingredients).filter((name) => a.ingredients[name] !== b.ingredients[name])

// What each option decides is in keysOfOptions.test.ts, and each file of losslab in keysOfCode.test.ts.
describe("cellKeys", () => {
  let base: CellKeys
  beforeAll(async () => {
    base = await keysOf(specOf(0))
  })

  it("are the same for the same cell, and differ from stage to stage", async () => {
    expect(changed(base, await keysOf(specOf(0)))).toEqual([])
    expect(new Set(stages.map((stage) => base[stage])).size).toBe(stages.length)
  })

  it("are hashes of what they are made of, by name, and of the keys before them", () => {
    const keyOf = (stage: string, names: readonly string[], inputs: readonly string[]) =>
      hashOf({ stage, ingredients: names.map((name) => `${name} ${base.ingredients[name]}`), inputs })
    const engine = ["engine", "engine code"]
    expect(base.load).toBe(keyOf("load", ["data", "load options", "load code"], []))
    expect(base.references).toBe(keyOf("references", ["evaluate options", "references code"], [base.load]))
    const training = ["loss", "loss code", "model", "train options", "train code", "seed"]
    expect(base.train).toBe(keyOf("train", [...training, ...engine], [base.load]))
    expect(base.evaluate).toBe(
      keyOf("evaluate", ["evaluate options", "evaluate code", ...engine], [base.load, base.train]),
    )
  })

  it("of two losses share the data and differ from training on", async () => {
    expect(changed(base, await keysOf(specOf(1)))).toEqual(["train", "evaluate"])
  })

  it("follow the data's content and the engine with its threads, which decide the order of sums", async () => {
    const spec = specOf(0)
    expect(changed(base, await keysOf(spec, "other data"))).toEqual([...stages])
    for (const engine of ["javascript 4.22.0", "tensorflow 2.21.0, 4 threads"])
      expect(changed(base, await keysOf(spec, "data", engine))).toEqual(["train", "evaluate"])
  })

  it("follow what a split file says, not where it lies or how it is written", async () => {
    const folder = await temporaryFolder()
    const keysWith = async (name: string, text: string) => {
      await writeFile(join(folder, name), text)
      return keysOf(specOf(0, "load.split.validation=0", `load.split.file=${join(folder, name)}`))
    }
    const one = await keysWith("a.csv", "patient,split\na,train\nb,test\n")
    expect(changed(one, await keysWith("b.csv", '"split";"patient"\r\ntrain;a\r\ntest;b\r\n'))).toEqual([])
    for (const other of [
      "patient,split\na,train\nc,test\n", // another patient
      "patient,split\na,test\nb,test\n", // a patient moved from one split to another
      "patient,split\na,train\nb,validation\n",
      "patient,split\na,train\n", // a patient left out
      "case,split\na,train\nb,test\n", // cases of these names
    ])
      expect(changed(one, await keysWith("c.csv", other))).toEqual([...stages])
    expect(changed(one, await keysOf(specOf(0, "load.split.validation=0")))).toEqual([...stages])
  })

  it("follow what a module says and what it gets, not where it lies", async () => {
    const folder = await temporaryFolder()
    const loss = join(folder, "loss.mjs")
    await writeFile(loss, "export default () => () => 0\n")
    const keysWith = (path: string, options: object = { path: "a", share: 1 }) => {
      const terms = [{ kind: "bce" }, { kind: "module", path, options }]
      const train = { ...baseExperiment.train, loss: { kind: "sum", terms } }
      return keysOf(cellOf(decoded({ ...baseExperiment, train })!))
    }
    const one = await keysWith(loss)
    expect(changedIngredients(one, await keysWith(loss, { path: "a", share: 2 }))).toEqual(["loss"])
    // The module's own option, whatever its name.
    expect(changedIngredients(one, await keysWith(loss, { path: "b", share: 1 }))).toEqual(["loss"])
    await mkdir(join(folder, "moved"))
    const moved = join(folder, "moved", "loss.mjs")
    await rename(loss, moved)
    expect(changed(one, await keysWith(moved))).toEqual([])
    const other = join(folder, "other.mjs")
    await rename(moved, other)
    expect(changedIngredients(one, await keysWith(other))).toEqual(["loss code"])
  })

  it("say which ingredient changed, and hold each as it is or hashed", async () => {
    const of = async (...sets: string[]) => changedIngredients(base, await keysOf(specOf(0, ...sets)))
    expect(await of("train.epochs=3")).toEqual(["train options"])
    expect(await of("load.size=[64, 64]")).toEqual(["load options"])
    expect(await of("train.model.baseWidth=4")).toEqual(["model"])
    expect(await of("evaluate.empty=worst")).toEqual(["evaluate options"])
    expect(await of("seed=5")).toEqual(["seed"])
    expect(base.ingredients).toMatchObject({ data: "data", seed: hashOf(1234) })
  })
})
