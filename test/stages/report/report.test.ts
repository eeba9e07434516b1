import { describe, expect, it } from "vitest"
import { byMetric } from "../../../src/metrics/scores.ts"
import { report } from "../../../src/stages/report.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { unevenTables } from "../../support/pageTable.ts"
import { cell, done, panel, reportInput, scoresOf } from "../../support/reportInput.ts"

const seeds = ["1", "2", "3", "4"]
const failed = { tag: "failed", kind: "numerics", message: "the loss became NaN" } as const
const undefinedScores = scoresOf([
  {
    patient: "p",
    slices: 2,
    scored: 0,
    missed: 2,
    falseAlarms: 0,
    values: byMetric(() => null),
  },
])
const hostile = `<img src=x onerror=alert(1)>"'\`\${1} & 🩺 \u202e\u0000=1+1`

const nowhereDefined = (): ReportInput => {
  const outcome = done("a", 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  const epochs = outcome.history.epochs.map((epoch) => ({ ...epoch, validationDice: null }))
  return reportInput({
    cells: [
      cell("a", null, { ...outcome, history: { ...outcome.history, epochs }, scores: undefinedScores }),
    ],
    references: [{ name: "mean training mask", scores: undefinedScores }],
    panels: [{ ...panel("best", ["a"]), annotators: [], predictions: [] }],
  })
}

const inputs: Readonly<Record<string, ReportInput>> = {
  "three losses": reportInput(),
  "one cell, no references, no panels": reportInput({
    cells: [cell("agBce", null, done("agBce", 0.94))],
    references: [],
    panels: [],
  }),
  "three methods and four seeds": reportInput({
    baseline: "a",
    cells: ["a", "b", "c"].flatMap((method) =>
      seeds.map((seed) => cell(method, seed, done(`${method}${seed}`, 0.9))),
    ),
  }),
  "a failed, an interrupted and a missing cell": reportInput({
    cells: [
      cell("a", "1", done("a1", 0.9)),
      cell("a", "2", failed),
      cell("b", "1", { tag: "interrupted" }),
      cell("b", "2", { tag: "notRun" }),
    ],
  }),
  "nothing done": reportInput({
    cells: [cell("agBce", null, { tag: "notRun" })],
    references: [],
    panels: [],
  }),
  "no cell at all": reportInput({ cells: [], references: [], panels: [], environment: {} }),
  "no value defined": nowhereDefined(),
  "one patient": reportInput({
    cells: ["a", "b"].map((method) => cell(method, null, done(method, 0.9, { patients: 1 }))),
  }),
  "hundreds of epochs": reportInput({
    cells: [cell("a", null, done("a", 0.9, { epochs: 300 }))],
    panels: [],
  }),
  "hostile names": reportInput({
    title: hostile,
    experiment: hostile,
    command: hostile,
    yaml: hostile,
    remark: [hostile],
    baseline: hostile,
    cells: [hostile, "b"].map((method) => cell(method, null, done(method, 0.9), hostile)),
    environment: { [hostile]: hostile },
    references: [{ name: hostile, scores: scoresOf([]) }],
    panels: [{ ...panel("best", [hostile]), case: hostile }],
  }),
}

const known = new Set(
  [
    "html head meta title style body header p h1 nav a main section h2 h3 div ul li dl dt dd table caption span colgroup",
    "col thead tbody tfoot tr th td b small strong sup code pre wbr figure figcaption details summary",
    "svg desc path text g circle rect polygon image use",
  ].flatMap((names) => names.split(" ")),
)
const empty = new Set(["meta", "col", "wbr"])

/** Tags that nobody knows, and those that are not closed by their own, the innermost first. */
const misplacedTags = (page: string): string[] => {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, close, name, own] of page
    .replace(/<style>.*?<\/style>/s, "")
    .matchAll(/<(\/?)([a-z][\w-]*)[^>]*?(\/?)>/gi)) {
    if (!known.has(name!)) wrong.push(name!)
    if (close === "/") {
      const last = open.pop()
      if (last !== name) wrong.push(`${last} closed by ${name}`)
    } else if (own !== "/" && !empty.has(name!)) open.push(name!)
  }
  return [...wrong, ...open]
}

describe("report", () => {
  it.each(Object.entries(inputs))("is whole for %s", (_, input) => {
    const files = report(input)
    expect(Object.keys(files)).toEqual([
      "index.html",
      "table-loss.csv",
      "table-scores.csv",
      "statistics.json",
      "comment.md",
    ])
    // Pictures as text could hold any word that must not be in the page.
    const page = files["index.html"]!.replaceAll(/base64,[^"]*/g, "base64,")
    expect(page.match(/http-equiv[^>]*/)?.[0]).toContain(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    )
    expect(page.match(/<b>(Table|Figure) \w+/g)).toEqual(
      expect.arrayContaining(["<b>Table 1", "<b>Table 2a", "<b>Table 2d", "<b>Table 3", "<b>Table 4"]),
    )
    // Nothing runs, nothing is loaded, every undefined number is a dash.
    expect(page.match(/<script|<img|<link|<iframe|https?:|\son\w+="|javascript:/i)).toBeNull()
    expect(page.match(/NaN(?!<)|Infinity|\[object|>null<|>undefined</)).toBeNull()
    expect(files["index.html"]!.length).toBeLessThan(1_500_000)
    expect(misplacedTags(page)).toEqual([])
    expect(unevenTables(page)).toEqual([])
    const scopes = new Set([...page.matchAll(/\sscope="([^"]*)"/g)].map(([, scope]) => scope!))
    for (const scope of scopes) expect(["col", "row", "colgroup", "rowgroup"]).toContain(scope)
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, id] of page.matchAll(/(?:href="#|aria-labelledby=")([\w-]+)/g)) expect(ids).toContain(id)
    expect(() => JSON.parse(files["statistics.json"]!)).not.toThrow()
    for (const name of ["table-loss.csv", "table-scores.csv"])
      expect(files[name]!.match(/NaN|Infinity/)).toBeNull()
    expect(report(input)["index.html"] === files["index.html"]).toBe(true)
  })

  it("counts cases where a patient has several", () => {
    const rows = (input: ReportInput) =>
      [...report(input)["index.html"]!.matchAll(/<th scope="row">(patients|cases|slices)<\/th>/g)].map(
        ([, unit]) => unit,
      )
    const input = reportInput({})
    expect(rows(input)).toEqual(["patients", "slices"])
    const dataset = { ...input.dataset, cases: { ...input.dataset.cases, test: 21 } }
    expect(rows({ ...input, dataset })).toEqual(["patients", "cases", "slices"])
  })

  it("tells the state of every cell in the page and in both tables", () => {
    const files = report(inputs["a failed, an interrupted and a missing cell"]!)
    for (const name of ["index.html", "table-loss.csv", "table-scores.csv", "statistics.json"] as const)
      for (const state of ["failed (numerics)", "interrupted", "not run"])
        expect(files[name]).toContain(state)
    expect(files["index.html"]).toContain("the loss became NaN")
    expect(files["index.html"]).toContain("mean of 1 of 2 runs, 1 failed (numerics)")
  })

  it("bolds the best mean only where the corrected test allows it", () => {
    const bolded = (dice: readonly number[]) =>
      report(
        reportInput({ cells: dice.map((value, i) => cell(`m${i}`, null, done(`m${i}`, value))), panels: [] }),
      )["index.html"]!.match(/<strong>/g)?.length ?? 0
    expect(bolded([0.95, 0.9])).toBe(2)
    expect(bolded([0.94, 0.94])).toBe(0)
  })

  it("says in the table what was tested against the baseline only, and bolds it not", () => {
    const cells = [0.95, 0.9, 0.85].map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
    const page = (baseline: string) => report(reportInput({ cells, panels: [], baseline }))["index.html"]!
    expect(page("m1")).not.toContain("<strong>")
    expect(page("m1")).toContain("Dice: m0 has the best mean; tested against the baseline only, so not bold.")
    expect(page("m0").match(/<strong>/g)).toHaveLength(2)
    expect(page("m0")).not.toContain("tested against the baseline only")
  })

  it("marks the means that are no better than the mean training mask's, and says what the mark means", () => {
    const marks = (dice: number) => {
      const files = report(reportInput({ cells: [cell("m", null, done("m", dice))], panels: [] }))
      return ["index.html", "comment.md"].map((name) => files[name]!.match(/†/g)?.length ?? 0)
    }
    // Dice, HD95 and the note.
    expect(marks(0.8)).toEqual([3, 3])
    expect(marks(0.95)).toEqual([0, 0])
  })

  it("shows what the author remarks on the experiment", () => {
    const files = report(reportInput({ remark: ["Chosen by <eye>.", "Twice."], panels: [] }))
    const facts = ["Chosen by &lt;eye&gt;.", "Twice."].map(
      (text) => `<div><dt>Remark of the experiment&#39;s author</dt><dd>${text}</dd></div>`,
    )
    expect(files["index.html"]).toContain(facts.join(""))
    expect(JSON.parse(files["statistics.json"]!)).toMatchObject({ remark: ["Chosen by <eye>.", "Twice."] })
    expect(report(reportInput({ panels: [] }))["index.html"]).not.toContain("Remark of")
  })

  it("gives pages, tables and JSON the same numbers", () => {
    const files = report(inputs["three losses"]!)
    const json = JSON.parse(files["statistics.json"]!) as {
      methods: { name: string; summary: { dice: { mean: number } } }[]
    }
    for (const { name, summary } of json.methods) {
      const row = files["table-scores.csv"]!.split("\n").find(
        (line) => line.startsWith(`method,${name}`) && line.includes(",mean,"),
      )
      expect(Number(row!.split(",")[9])).toBe(summary.dice.mean)
      expect(files["index.html"]!.includes(`>${summary.dice.mean.toFixed(3)}<`)).toBe(true)
    }
  })

  it("leads every cell to its folder and its command", () => {
    const input = inputs["three methods and four seeds"]!
    const page = report(input)["index.html"]!
    for (const { folder, command } of input.cells)
      expect(page.includes(`<td><code>${folder}</code></td><td><code>${command}</code></td>`), folder).toBe(
        true,
      )
  })
})
