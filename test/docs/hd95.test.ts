import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { hd95Tables } from "../../docs/hd95.ts"
import { hd95Figures } from "../../docs/hd95Figures.ts"

const folder = resolve(import.meta.dirname, "../../docs/explanation")

describe("docs/explanation/hd95.md", () => {
  it("has the tables that docs/hd95.ts computes today", () => {
    const page = readFileSync(join(folder, "hd95.md"), "utf8")
    for (const content of Object.values(hd95Tables())) expect(page).toContain(content)
  })

  it("has the figures that docs/hd95.ts draws today", () => {
    const figures = hd95Figures()
    const committed = Object.keys(figures).map((name) => [
      name,
      readFileSync(join(folder, "figures", name), "utf8"),
    ])
    expect(Object.fromEntries(committed)).toEqual(figures)
  })
})
