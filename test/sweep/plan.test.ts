import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { readPlan, slug } from "../../src/sweep/plan.ts"
import { refusal } from "../data/support/refusal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { plannedCell, planOf } from "./plannedCell.ts"

const saved = async (text: string): Promise<string> => {
  const file = join(await temporaryFolder(), "plan.json")
  await writeFile(file, text)
  return file
}

describe("readPlan", () => {
  it("reads what was written", async () => {
    const plan = planOf([plannedCell("bce"), plannedCell("focal")], "/store")
    expect(await readPlan(await saved(JSON.stringify(plan)))).toEqual(plan)
  })

  const unrunnable = "the file is not a plan that this losslab can run"
  it.each([
    ["no JSON", "name: tiny\n", "the file is not a plan"],
    ["no byte", "", "the file is not a plan"],
    ["an end that is missing", '{"format":1,"cells":[', "the file is not a plan"],
    ["null", "null", unrunnable],
    ["another format", '{"format":2,"cells":[]}', unrunnable],
    ["no format", '{"cells":[]}', unrunnable],
    ["no cells", '{"format":1}', unrunnable],
    ["cells that are no list", '{"format":1,"cells":{}}', unrunnable],
  ])("refuses %s as a usage error", async (_, text, message) => {
    const file = await saved(text)
    const { kind, problems } = await refusal(readPlan(file))
    expect({ kind, problems }).toEqual({
      kind: "usage",
      problems: [{ file, message, fix: "name the plan.json of a run directory, which `losslab run` writes" }],
    })
  })

  it("tells a file that is not there from one that cannot be read", async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, "plan.json"))
    const messageOf = async (file: string) => (await refusal(readPlan(file))).message
    expect(await messageOf(join(folder, "gone.json"))).toBe("there is no such file")
    expect(await messageOf(join(folder, "plan.json"))).toBe("the file cannot be read")
  })
})

describe("slug", () => {
  it.each([
    ["agBce seed=2", "agBce-seed=2"],
    ["a/b\\c: d", "a-b-c-d"],
    ["../up", "up"],
    [".-hidden.-", "hidden.-"],
    ["v1.0_beta-2", "v1.0_beta-2"],
    // One letter however it is composed, and so one dash.
    ["n\u00e4he", "n-he"],
    ["na\u0308he", "n-he"],
    ["損失", "cell"],
    ["", "cell"],
  ])("makes %j part of a file name as %j", (label, expected) => {
    expect(slug(label)).toBe(expected)
  })

  it("keeps the first eighty characters", () => {
    expect(slug(`${"a".repeat(79)}bc`)).toBe(`${"a".repeat(79)}b`)
  })
})
