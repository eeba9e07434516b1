import { link, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it, vi } from "vitest"
import {
  cellIsWhole,
  readFailure,
  readResult,
  setDamagedAside,
  writeCellFiles,
  writeFailure,
} from "../../src/sweep/cellFiles.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { fillCellFolder, smallResult as result, storedArtefacts } from "./cellFolder.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, link: vi.fn(actual.link) }
})

const textIn = (folder: string, name: string) => readFile(join(folder, name), "utf8")

describe("readResult and readFailure", () => {
  it("read what was written", async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, "result.json"), JSON.stringify(result))
    expect(await readResult(folder)).toEqual(result)
    const failed = { kind: "data", problems: [{ message: "a case is gone" }] } as const
    await writeFailure(folder, failed)
    expect(await readFailure(folder)).toEqual(failed)
  })

  it("have nothing in a folder without the files, and none without the folder", async () => {
    const folder = await temporaryFolder()
    for (const each of [folder, join(folder, "gone")]) {
      expect(await readResult(each)).toBeUndefined()
      expect(await readFailure(each)).toBeUndefined()
    }
  })
})

describe("writeFailure", () => {
  it("makes the folder of a cell that never started", async () => {
    const folder = join(await temporaryFolder(), "cells", "bce")
    await writeFailure(folder, { kind: "usage", problems: [] })
    expect(await readdir(folder)).toEqual(["failure.json"])
    expect(await textIn(folder, "failure.json")).toBe('{\n  "kind": "usage",\n  "problems": []\n}\n')
  })
})

describe("setDamagedAside", () => {
  const { history, scores } = result
  const without = (name: string) => [`no ${name}`, { ...result, [name]: undefined }] as const
  const damagedResults = [
    ...["key", "seconds", "peakRssBytes", "history", "scores"].map(without),
    ["a key that is a number", { ...result, key: 7 }],
    ["a history that is null", { ...result, history: null }],
    ["no epochs", { ...result, history: { ...history, epochs: { length: 1 } } }],
    ["scores that are null", { ...result, scores: null }],
    ["no slices", { ...result, scores: { ...scores, slices: undefined } }],
    ["no patients", { ...result, scores: { ...scores, patients: undefined } }],
    ["no summary", { ...result, scores: { ...scores, summary: undefined } }],
    ["null", null],
    ["a number", 7],
  ] as const
  const damagedFailures = [
    ["null", null],
    ["no kind", { problems: [] }],
    ["no problems", { kind: "data" }],
    ["a problem that is null", { kind: "data", problems: [{ message: "a" }, null] }],
    ["a problem that says nothing", { kind: "data", problems: [{ message: "a" }, { file: "a.nii" }] }],
  ] as const

  const damages: readonly (readonly [name: string, what: string, content: string])[] = [
    ["result.json", "an appended byte", `${JSON.stringify(result)}x`],
    ["result.json", "an end that is missing", JSON.stringify(result).slice(0, 40)],
    ["result.json", "no byte", ""],
    ["failure.json", "an appended byte", '{"kind":"data","problems":[]}x'],
    ...damagedResults.map(([what, value]) => ["result.json", what, JSON.stringify(value)] as const),
    ...damagedFailures.map(([what, value]) => ["failure.json", what, JSON.stringify(value)] as const),
  ]
  it.each(damages)("moves a %s with %s away, and says so", async (name, _what, content) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, name), content)
    expect(await readResult(folder)).toBeUndefined()
    expect(await readFailure(folder)).toBeUndefined()
    const warnings: string[] = []
    await setDamagedAside(folder, (message) => warnings.push(message))
    expect(warnings).toEqual([`${join(folder, name)} is damaged; it was set aside as ${name}.corrupt-1`])
    expect(await readdir(folder)).toEqual([`${name}.corrupt-1`])
  })

  it("moves both away where both are damaged, also what cannot be read at all", async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, "result.json"))
    await writeFile(join(folder, "failure.json"), "")
    expect(await readResult(folder)).toBeUndefined()
    await setDamagedAside(folder, () => undefined)
    expect((await readdir(folder)).sort()).toEqual(["failure.json.corrupt-1", "result.json.corrupt-1"])
  })

  it("counts on when it happens again", async () => {
    const folder = await temporaryFolder()
    for (const content of ["first", "second"]) {
      await writeFile(join(folder, "result.json"), content)
      await setDamagedAside(folder, () => undefined)
    }
    expect(await readdir(folder)).toEqual(["result.json.corrupt-1", "result.json.corrupt-2"])
    expect(await textIn(folder, "result.json.corrupt-1")).toBe("first")
  })

  it("leaves whole files, and a folder that is not there, as they are", async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, "result.json"), JSON.stringify(result))
    await writeFailure(folder, { kind: "data", problems: [{ message: "a case is gone" }] })
    const warn = () => expect.unreachable()
    await setDamagedAside(folder, warn)
    await setDamagedAside(join(folder, "gone"), warn)
    expect((await readdir(folder)).sort()).toEqual(["failure.json", "result.json"])
  })
})

describe("writeCellFiles", () => {
  const written = async (): Promise<string> => {
    const folder = await temporaryFolder()
    await fillCellFolder(folder)
    return folder
  }

  it("writes every number of every epoch into its column of loss.csv", async () => {
    expect(await textIn(await written(), "loss.csv")).toBe(
      [
        "epoch,loss,validation_dice,learning_rate,images_per_second,waiting_share,elapsed_seconds",
        "1,0.75,0.5,0.125,30,0.25,4",
        "2,1e-7,,0.0625,31,0,8",
        "",
      ].join("\n"),
    )
  })

  it("writes every number of every slice into its column of scores.csv", async () => {
    expect(await textIn(await written(), "scores.csv")).toBe(
      [
        "patient,case,slice,outcome,dice,iou,precision,recall,hd_mm,hd95_mm,assd_mm,nsd",
        "a p,a,0,scored,0,0.125,0.25,0.375,0.5,0.625,0.75,0.875",
        "a p,a,1,missed,,,,,,,,",
        // 20/8, 21/8, ...
        "b p,b,2,falseAlarm,2.5,2.625,2.75,2.875,3,3.125,3.25,3.375",
        "",
      ].join("\n"),
    )
  })

  it("quotes the names in scores.csv, which any file may have", async () => {
    const folder = await temporaryFolder()
    const named = { ...result.scores.slices[0]!, patient: 'Smith, J "7"' }
    await writeCellFiles(folder, await storedArtefacts(), {
      ...result,
      scores: { ...result.scores, slices: [named] },
    })
    const [, row] = (await textIn(folder, "scores.csv")).split("\n")
    expect(row).toMatch(/^"Smith, J ""7""",/)
  })

  it("writes the whole result, as it is read again", async () => {
    const folder = await written()
    expect(JSON.parse(await textIn(folder, "result.json"))).toEqual(result)
    expect(await readResult(folder)).toEqual(result)
  })

  it.each([["as links"], ["as copies where no link can be made"]])(
    "puts weights and predictions there %s, in the place of older ones",
    async (how) => {
      const folder = await temporaryFolder()
      const stored = await storedArtefacts()
      for (const [name, content] of [
        ["checkpoints/weights.safetensors", "old"],
        ["predictions/a.nii.gz", "old"],
        ["predictions/b.nii.gz", "old"],
      ] as const) {
        await mkdir(join(folder, name, ".."), { recursive: true })
        await writeFile(join(folder, name), content)
      }
      if (how !== "as links") vi.mocked(link).mockRejectedValue(Object.assign(new Error(), { code: "EXDEV" }))
      await writeCellFiles(folder, stored, result).finally(() => vi.mocked(link).mockReset())
      expect(await textIn(folder, "checkpoints/weights.safetensors")).toBe("weights")
      for (const name of ["a", "b"])
        expect(await textIn(folder, `predictions/${name}.nii.gz`)).toBe(`mask of ${name}`)
      const links = (await stat(join(stored.trained, "weights.safetensors"))).nlink
      expect(links).toBe(how === "as links" ? 2 : 1)
    },
  )

  it("forgets that the cell failed before", async () => {
    const folder = await temporaryFolder()
    await writeFailure(folder, { kind: "data", problems: [{ message: "a case is gone" }] })
    await fillCellFolder(folder)
    expect(await readFailure(folder)).toBeUndefined()
  })

  it.each([
    "loss.csv",
    "scores.csv",
    "failure.json",
    "checkpoints/weights.safetensors",
    "predictions/b.nii.gz",
  ])("writes no result when it cannot write %s", async (name) => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, name, "in the way"), { recursive: true })
    await expect(writeCellFiles(folder, await storedArtefacts(), result)).rejects.toThrow()
    expect(await readdir(folder)).not.toContain("result.json")
  })
})

describe("cellIsWhole", () => {
  it("is so after writeCellFiles, and not in an empty folder", async () => {
    const folder = await temporaryFolder()
    expect(await cellIsWhole(folder)).toBe(false)
    await fillCellFolder(folder)
    expect(await cellIsWhole(folder)).toBe(true)
  })

  it.each([
    ...["result.json", "config.yaml", "environment.json", "loss.csv", "scores.csv"],
    ...["checkpoints/weights.safetensors", "predictions/a.nii.gz", "predictions/b.nii.gz"],
  ])("is not so without %s", async (name) => {
    const folder = await temporaryFolder()
    await fillCellFolder(folder)
    await rm(join(folder, name))
    expect(await cellIsWhole(folder)).toBe(false)
  })
})
