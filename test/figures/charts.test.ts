import { describe, expect, it } from "vitest"
import { lineChart } from "../../src/figures/lineChart.ts"
import { overlay } from "../../src/figures/overlay.ts"
import { stripPlot } from "../../src/figures/stripPlot.ts"

const described = { id: "one", title: "A <title>", description: "what it shows" }
const chart = { ...described, xLabel: "epoch", yLabel: "loss" }

describe("lineChart", () => {
  it("has a role, a title and a description", () => {
    const { text } = lineChart({ ...chart, lines: [] })
    expect(text).toContain('role="img" aria-labelledby="one-title one-description"')
    expect(text).toContain('<title id="one-title">A &lt;title&gt;</title>')
  })

  it("draws a line from point to point, with a mark on each", () => {
    const { text } = lineChart({
      ...chart,
      lines: [
        {
          series: 0,
          faint: false,
          points: [
            [1, 0],
            [2, 1],
          ],
        },
      ],
    })
    // The axes end at the extremes: epoch 1 and 2, loss 0 and 1.
    expect(text).toContain('d="M52 160L288 26"')
    expect(text.match(/<circle/g)).toHaveLength(2)
  })

  it("leaves a gap where a value is missing or infinite", () => {
    const points = [1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5].map((y, i) => [i + 1, y] as const)
    const { text } = lineChart({ ...chart, lines: [{ series: 0, faint: false, points }] })
    expect(text).not.toMatch(/NaN|Infinity/)
    expect(text.match(/M\d[\d.]* [\d.]+(?=M|")/g)).toHaveLength(3)
  })

  it("says so when there is nothing to draw, and draws a single epoch", () => {
    expect(lineChart({ ...chart, lines: [] }).text).toContain("no values")
    const one = lineChart({ ...chart, lines: [{ series: 2, faint: false, points: [[1, 0.5]] }] }).text
    expect(one).toContain("<polygon")
    expect(one).not.toContain("NaN")
  })
})

describe("stripPlot", () => {
  const strip = {
    name: "agBce",
    series: 1,
    dots: [0.9, 0.95].map((value, i) => ({ name: `case ${i}`, value, label: String(value) })),
    mean: 0.925,
    median: 0.925,
    remark: "n = 2",
  }

  it("has a mark per case, named, and lines for mean and median", () => {
    const { text } = stripPlot({ ...described, xLabel: "Dice", strips: [strip] })
    expect(text.match(/<rect/g)).toHaveLength(2)
    expect(text).toContain("<title>case 1: 0.95</title>")
    expect(text).toContain('class="mean"')
    expect(text).toContain('class="median"')
  })

  it("keeps a lane for a method without values", () => {
    const empty = { ...strip, name: "failed", dots: [], mean: null, median: null, remark: "no value" }
    const { text } = stripPlot({ ...described, xLabel: "Dice", strips: [empty] })
    expect(text).toContain("no value")
    expect(text).not.toMatch(/NaN|class="mean"/)
  })
})

describe("overlay", () => {
  it("is as wide and high in millimetres as its pixels, stretched by their spacing", () => {
    const { text } = overlay({
      ...described,
      rows: 10,
      columns: 20,
      spacingMm: [2, 0.5],
      picture: { kind: "png", base64: "AAAA", id: "slice-0" },
      layers: [
        { kind: "line-expert", path: "M0 0L1 1Z" },
        { kind: "line-prediction", path: "" },
      ],
    })
    expect(text).toContain('viewBox="0 0 10 20"')
    expect(text).toContain('<g transform="scale(0.5 2)">')
    expect(text).toContain('<image id="slice-0" href="data:image/png;base64,AAAA" width="10" height="20"')
    // An empty prediction draws nothing.
    expect(text).not.toContain('class="line-prediction"')
    expect(text).toContain("2 mm</text>")
  })
})
