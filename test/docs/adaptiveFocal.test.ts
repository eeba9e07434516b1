import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { adaptiveFocalFigures } from "../../docs/adaptiveFocal/figures.ts"
import { adaptiveFocalPhrases, adaptiveFocalTables } from "../../docs/adaptiveFocal/page.ts"
import { losses, lossNames, table1 } from "../../docs/adaptiveFocal/paperLosses.ts"
import { diceOf, training, valued } from "../../docs/adaptiveFocal/scene.ts"
import { floorAt, saidProbability, threshold } from "../../docs/adaptiveFocal/secondSigmoid.ts"
import { useJavascriptEngine } from "../support/engine.ts"

const folder = resolve(import.meta.dirname, "../../docs/explanation")
const page = readFileSync(join(folder, "adaptive-focal.md"), "utf8")

beforeAll(useJavascriptEngine)

describe("docs/explanation/adaptive-focal.md", () => {
  it("has the tables that docs/adaptiveFocal/page.ts computes today", () => {
    for (const content of Object.values(adaptiveFocalTables())) expect(page).toContain(content)
  })

  it("has the figures that docs/adaptiveFocal/figures.ts draws today", () => {
    const figures = adaptiveFocalFigures()
    const committed = Object.keys(figures).map((name) => [
      name,
      readFileSync(join(folder, "figures", name), "utf8"),
    ])
    expect(Object.fromEntries(committed)).toEqual(figures)
  })

  it("has every number of its sentences from a computation", () => {
    const phrases = adaptiveFocalPhrases()
    for (const phrase of phrases) expect(page).toContain(phrase)
    const prose = page.replace(/^\|.*$/gm, "").replace(/^ *```[\s\S]*?^ *```/gm, "")
    const rest = phrases.reduce((text, phrase) => text.replaceAll(phrase, ""), prose)
    // What the scene is and what is assumed is described, not computed.
    const described = ["logits 0.1 per pixel", "p = 0.5", "f = 0.3,", "of about 0.3:"]
    const unexplained = described.reduce((text, words) => text.replaceAll(words, ""), rest)
    expect(unexplained.match(/\d+\.\d+|\d+ %/g)).toBeNull()
  })
})

describe("what docs/explanation/adaptive-focal.md says in words", () => {
  it("AG-BCE has the lowest value of Table 1 in each of the ten epochs", () => {
    expect(table1).toHaveLength(10)
    for (const row of table1) expect(row.agBce).toBeLessThan(Math.min(row.adaptiveFocal, row.asTrained))
  })

  it("Table 1's focal loss stays above the floor of a share of 0.3", () => {
    // (0.25 sigmoid(-1)^2 softplus(-1) 0.3 + 0.25 * 0.5^2 * log 2 * 0.7) * 4 = 0.0067974 + 0.1213008
    expect(floorAt(0.3)).toBeCloseTo(0.1280982, 6)
    for (const row of table1) expect(row.asTrained).toBeGreaterThan(floorAt(0.3))
  })

  it("the threshold of each loss is where its best answer crosses one half", () => {
    for (const name of ["bce", "pyTorchFocal", "asTrained"] as const) {
      const [said, crossing] = [saidProbability(losses[name]), threshold(losses[name])]
      expect(said(crossing - 0.02)).toBeLessThan(0.5)
      expect(said(crossing + 0.02)).toBeGreaterThan(0.5)
    }
  })

  it("two of the five losses prefer the wrong disc that is sure to the right one that is unsure", () => {
    const preferring = lossNames.filter(
      (name) => valued(losses[name], "wrong, sure").value < valued(losses[name], "right, unsure").value,
    )
    expect(preferring).toEqual(["bce", "asTrained"])
    expect([diceOf("right, sure"), diceOf("right, unsure")]).toEqual([1, 1])
  })

  it("the training that it shows learned to segment", () => {
    expect(training.gammas).toHaveLength(21 * training.epochs.length)
    expect(training.epochs.at(-1)!.validationDice).toBeGreaterThan(0.85)
  })
})
