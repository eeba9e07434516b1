import { describe, expect, it } from "vitest"
import { report } from "../../../src/stages/report.ts"
import { cell, done, reportInput } from "../../support/reportInput.ts"

const commentOf = (method: string) =>
  report(
    reportInput({
      title: `${method} | title`,
      cells: [cell(method, null, done(method, 0.9)), cell("b", null, { tag: "interrupted" })],
      panels: [],
    }),
  )["comment.md"]!

describe("comment", () => {
  it("has the state, the means with n, the references and the command", () => {
    const text = commentOf("agBce")
    expect(text).toContain("1 of 2 cells done.")
    expect(text).toMatch(/\| `agBce` \| done \| 0\.\d{3} \(n = 20\) \| \d\.\d{2} \(n = 20\) \| \d/)
    expect(text).toContain("| `b` | interrupted | – (n = 0) | – (n = 0) | – |")
    expect(text).toContain("| `clinician` | reference |")
    expect(text).toContain("`losslab run experiments/adaptive.yaml`")
  })

  it("mentions nobody, links nowhere and breaks no table", () => {
    const text = commentOf("@team #1 https://x.test [a](b) <img> `c`|\n| d |")
    const outsideCode = text.replaceAll(/`[^`]*`/g, "")
    expect(outsideCode).not.toMatch(/@team|#1|:\/\/x|(?<!\\)\[a\]|<img/)
    const widths = text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.match(/(?<!\\)\|/g)!.length)
    expect(new Set(widths)).toEqual(new Set([6]))
  })
})
