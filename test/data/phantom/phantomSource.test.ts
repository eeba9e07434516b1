import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { phantomDefaults, phantomSource } from "../../../src/data/phantom/phantomSource.ts"
import { patientOf } from "../../../src/data/phantom/writePhantom.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

const options = { ...phantomDefaults, train: 2, test: 1, slices: 4, rows: 24, columns: 34 }

describe("phantomSource", () => {
  it("lists and reads the patients that it wrote", async () => {
    const source = phantomSource({ ...options, cacheFolder: await temporaryFolder() })
    expect(await source.cases()).toEqual(
      [
        ["microUS_train_01", "train"],
        ["microUS_train_02", "train"],
        ["microUS_test_01", "test"],
      ].map(([id, group]) => ({ id, patient: id, group })),
    )
    expect(source.description).toBe("phantom, 2 + 1 patients, 34 x 24 pixels, seed 1; made up, not measured")
    const [train, test] = [await source.read("microUS_train_02"), await source.read("microUS_test_01")]
    const made = { train: patientOf(options, "train", 2), test: patientOf(options, "test", 1) }
    expect(train.image).toEqual(Float32Array.from(made.train.image))
    expect(train.expert).toEqual(made.train.expert)
    expect(train.second).toEqual(made.train.drawn.nonExpert)
    expect(Object.values(test.annotators)).toEqual([
      made.test.drawn.masterStudent,
      made.test.drawn.medicalStudent,
      made.test.drawn.clinician,
    ])
  })

  it("writes once, for every source and process with the same options", async () => {
    const cacheFolder = await temporaryFolder()
    const sources = [phantomSource({ ...options, cacheFolder }), phantomSource({ ...options, cacheFolder })]
    await Promise.all(sources.map((source) => source.read("microUS_train_01")))
    const [name, ...others] = await readdir(cacheFolder)
    expect(others).toEqual([])
    const written = (await stat(join(cacheFolder, name!, "manifest.json"))).mtimeMs
    await phantomSource({ ...options, cacheFolder }).read("microUS_test_01")
    expect((await stat(join(cacheFolder, name!, "manifest.json"))).mtimeMs).toBe(written)
  })

  it("is told apart by its options, not by where its cache lies, and knows so without writing", async () => {
    const [here, there] = [await temporaryFolder(), await temporaryFolder()]
    const fingerprint = await phantomSource({ ...options, cacheFolder: here }).fingerprint()
    expect(await phantomSource({ ...options, cacheFolder: there }).fingerprint()).toBe(fingerprint)
    for (const field of ["train", "test", "slices", "rows", "columns", "seed"] as const) {
      const other = { ...options, [field]: options[field] + 1, cacheFolder: here }
      expect(await phantomSource(other).fingerprint()).not.toBe(fingerprint)
    }
    await phantomSource({ ...options, cacheFolder: here }).cases()
    expect(await readdir(here)).toEqual([])
  })
})
