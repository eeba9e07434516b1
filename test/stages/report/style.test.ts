import { describe, expect, it } from "vitest"
import { style } from "../../../src/stages/report/style.ts"
import { report } from "../../../src/stages/report.ts"
import { cell, done, reportInput } from "../../support/reportInput.ts"

const page = report(
  reportInput({
    baseline: "m0",
    cells: [
      ...Array.from({ length: 6 }, (_, i) => cell(`m${i}`, null, done(`m${i}`, 0.95 - 0.05 * i))),
      cell("m5", "2", done("m52", 0.7)),
      cell("m6", null, { tag: "failed", kind: "data", message: "no" }),
    ],
  }),
)["index.html"]!

describe("the page's style", () => {
  it("has a rule for every class that the page uses", () => {
    const used = new Set([...page.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names]) => names!.split(" ")))
    const styled = new Set([...style.text.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name))
    // What is shown looks as any section of the findings; what is open has a rule of its own.
    expect([...used].filter((name) => !styled.has(name))).toEqual(["shown"])
  })

  it("gives the six series and the references colours of their own, by day and by night", () => {
    const colours = (name: string) =>
      [...style.text.matchAll(new RegExp(`--${name}:(#[0-9a-f]{6})`, "g"))].map(([, colour]) => colour)
    const all = ["s0", "s1", "s2", "s3", "s4", "s5", "muted"].map(colours)
    // By day, by night and in print, where they are those of the day.
    for (const own of all) expect([own.length, own[2]]).toEqual([3, own[0]])
    for (const time of [0, 1]) expect(new Set(all.map((own) => own[time])).size).toBe(7)
    for (const series of [0, 1, 2, 3, 4, 5])
      expect(style.text).toContain(`.series-${series}{color:var(--s${series})}`)
    expect(style.text).toContain(".series-none{color:var(--muted)}")
  })

  it("defines every variable that it uses, and closes what it opens", () => {
    const used = new Set([...style.text.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name))
    for (const name of used) expect(style.text).toContain(`${name}:`)
    expect(style.text.match(/\{/g)!.length).toBe(style.text.match(/\}/g)!.length)
  })

  it("loads nothing from elsewhere", () => {
    expect(style.text).not.toMatch(/url\(|@import|@font-face/)
  })
})
