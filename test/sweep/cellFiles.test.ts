import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import {
  type CellResult,
  cellIsWhole,
  readFailure,
  readResult,
  setDamagedAside,
  writeCellFiles,
  writeFailure,
} from "../../src/sweep/cellFiles.ts"
import { scores } from "../support/reportInput.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const result: CellResult = {
  label: "bce",
  key: "0123456789abcdef",
  seconds: 1,
  peakRssBytes: 2,
  history: { epochs: [], keptEpoch: 1, gradientNormAtStart: 1, parameterCount: 3 },
  scores: scores("bce", 0.9, 2),
}
const { key: _, ...withoutKey } = result

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

describe("setDamagedAside", () => {
  it.each([
    ["result.json", "an appended byte", `${JSON.stringify(result)}x`],
    ["result.json", "an end that is missing", JSON.stringify(result).slice(0, 40)],
    ["result.json", "no byte", ""],
    ["result.json", "null", "null"],
    ["result.json", "no key", JSON.stringify(withoutKey)],
    ["result.json", "no scores", JSON.stringify({ ...result, scores: null })],
    ["result.json", "no epochs", JSON.stringify({ ...result, history: {} })],
    ["failure.json", "an appended byte", '{"kind":"data","problems":[]}x'],
    ["failure.json", "no problems", '{"kind":"data"}'],
    ["failure.json", "a problem that says nothing", '{"kind":"data","problems":[null]}'],
  ])("moves a %s with %s away, and says so", async (name, _what, content) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, name), content)
    expect(await readResult(folder)).toBeUndefined()
    expect(await readFailure(folder)).toBeUndefined()
    const warnings: string[] = []
    await setDamagedAside(folder, (message) => warnings.push(message))
    expect(warnings).toEqual([`${join(folder, name)} is damaged; it was set aside as ${name}.corrupt-1`])
    expect(await readdir(folder)).toEqual([`${name}.corrupt-1`])
  })

  it("counts on when it happens again", async () => {
    const folder = await temporaryFolder()
    for (const content of ["first", "second"]) {
      await writeFile(join(folder, "result.json"), content)
      await setDamagedAside(folder, () => undefined)
    }
    expect(await readdir(folder)).toEqual(["result.json.corrupt-1", "result.json.corrupt-2"])
  })

  it("leaves whole files, and a folder that is not there, as they are", async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, "result.json"), JSON.stringify(result))
    const warn = () => expect.unreachable()
    await setDamagedAside(folder, warn)
    await setDamagedAside(join(folder, "gone"), warn)
    expect(await readdir(folder)).toEqual(["result.json"])
  })
})

describe("cellIsWhole", () => {
  const patients = result.scores.patients.map(({ patient }) => join("predictions", `${patient}.nii.gz`))

  /** A cell as the child leaves it. */
  const wholeCell = async (): Promise<string> => {
    const [folder, trained, evaluated] = await Promise.all([1, 2, 3].map(() => temporaryFolder()))
    await writeFile(join(trained!, "weights.safetensors"), "weights")
    await mkdir(join(evaluated!, "predictions"))
    for (const name of patients) await writeFile(join(evaluated!, name), "mask")
    for (const name of ["config.yaml", "environment.json"]) await writeFile(join(folder!, name), "")
    await writeCellFiles(folder!, { trained: trained!, evaluated: evaluated! }, result)
    return folder!
  }

  it("is so after writeCellFiles, and not in an empty folder", async () => {
    expect(await cellIsWhole(await wholeCell())).toBe(true)
    expect(await cellIsWhole(await temporaryFolder())).toBe(false)
  })

  it("quotes the names in scores.csv, which any file may have", async () => {
    const [evaluated, trained, folder] = [
      await temporaryFolder(),
      await temporaryFolder(),
      await temporaryFolder(),
    ]
    await mkdir(join(evaluated, "predictions"))
    await writeFile(join(trained, "weights.safetensors"), "")
    const [slice] = result.scores.slices
    const named = { ...slice!, patient: 'Smith, J "7"' }
    await writeCellFiles(
      folder,
      { trained, evaluated },
      { ...result, scores: { ...result.scores, slices: [named] } },
    )
    const [, row] = (await readFile(join(folder, "scores.csv"), "utf8")).split("\n")
    expect(row).toMatch(/^"Smith, J ""7""",/)
  })

  it.each([
    ...["result.json", "config.yaml", "environment.json", "loss.csv", "scores.csv"],
    ...["checkpoints/weights.safetensors", patients[1]!],
  ])("is not so without %s", async (name) => {
    const folder = await wholeCell()
    await rm(join(folder, name))
    expect(await cellIsWhole(folder)).toBe(false)
  })
})
