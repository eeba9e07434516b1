import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { wilcoxonSignedRank } from "../../src/statistics/wilcoxonSignedRank.ts"
import { comparedAsJson, comparedAsText, tableFile } from "../commands/compare/tableFile.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }

const root = resolve(import.meta.dirname, "../..")
const pageOf = (name: string): string => readFileSync(resolve(root, "docs", name), "utf8")

/** The first code block of a language on a page. */
const blockOf = (page: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)![1]!

describe("docs/how-to/compare-methods.md", () => {
  const page = pageOf("how-to/compare-methods.md")

  it("shows a table that can be compared", async () => {
    const [dice] = await comparedAsJson(await tableFile(blockOf(page, "csv")), { metric: "dice" })
    expect(dice).toMatchObject({ methods: ["agBce", "adaptiveFocal"], n: 3 })
  })

  it("shows what compare prints about the paper's Table 2", async () => {
    const file = "test/fixtures/table2.csv"
    expect(page).toContain(`losslab -- compare ${file}\n`)
    const text = await comparedAsText(resolve(root, file))
    expect(blockOf(page, "text")).toBe(text.replace(resolve(root, file), file))
  })
})

describe("docs/explanation/statistics.md", () => {
  it("sets the p values of losslab beside those of scipy", () => {
    const rows = [...pageOf("explanation/statistics.md").matchAll(/^\| (-?0[^|]*) \|(.*)\|$/gm)]
    expect(rows).toHaveLength(3)
    for (const [, list, cells] of rows) {
      const differences = list!.split(", ").map(Number)
      const same = fixture.tied.find((one) => one.differences.join() === differences.join())!
      const shown = cells!.split("|").map(Number)
      ;[wilcoxonSignedRank(differences), same.scipy.exact, same.scipy.auto].forEach((p, i) => {
        expect(shown[i]).toBeCloseTo(p, 5)
      })
    }
  })
})
