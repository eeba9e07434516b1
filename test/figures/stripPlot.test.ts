import { describe, expect, it } from "vitest"
import { type Strip, stripPlot } from "../../src/figures/stripPlot.ts"

const strip = (values: readonly number[], changes: Partial<Strip> = {}): Strip => ({
  name: "agBce",
  series: 0,
  dots: values.map((value, i) => ({ name: `case ${i}`, value, label: `${value} mm` })),
  mean: null,
  median: null,
  remark: "remark",
  ...changes,
})

const plotted = (...strips: readonly Strip[]): string =>
  stripPlot({ id: "s", title: "Title", description: "Description", xLabel: "HD95 (mm)", strips }).text

// The axis lies between x = 22 and 458; lanes are 50 high, the middle of the first at 33.
describe("stripPlot", () => {
  it("puts each mark at its value, in its lane, apart from its neighbours", () => {
    // 0 to 4 onto 22 to 458: 109 each. Heights: 2 ((0.5 + 0.618034 i) mod 1) - 1 = 0, -0.763932, 0.472136, times 7.
    const text = plotted(strip([0, 1, 4]), strip([2]))
    const dots = [...text.matchAll(/<title>([^<]*)<\/title><circle cx="([^"]*)" cy="([^"]*)" r="([^"]*)"/g)]
    expect(dots.map((found) => found.slice(1, 5))).toEqual([
      ["case 0: 0 mm", "22", "33", "3"],
      ["case 1: 1 mm", "131", "27.65", "3"],
      ["case 2: 4 mm", "458", "36.3", "3"],
      ["case 0: 2 mm", "240", "83", "3"],
    ])
  })

  it("is as high as its lanes and the axis below, with a grid line and a label at every tick", () => {
    const text = plotted(strip([0, 4]), strip([2]))
    expect(text).toContain('viewBox="0 0 480 144"')
    const grid = [
      ...text.matchAll(
        /<path class="grid" d="([^"]*)"\/><text class="tick" x="([^"]*)" y="([^"]*)" text-anchor="middle">([^<]*)</g,
      ),
    ]
    expect(grid.map((found) => found.slice(1, 5))).toEqual(
      [22, 131, 240, 349, 458].map((x, i) => [`M${x} 18V104`, String(x), "120", String(i)]),
    )
    expect(text).toContain('<text class="label" x="240" y="138" text-anchor="middle">HD95 (mm)</text>')
  })

  it("names each lane at its left and says its remark at its right", () => {
    const text = plotted(strip([0, 4]), strip([2], { name: "x".repeat(33), remark: "n = 1", series: 1 }))
    expect(text).toContain(
      '<g class="series-0"><text class="name over" x="12" y="14">agBce</text><text class="tick over" x="468" y="14" text-anchor="end">remark</text>',
    )
    expect(text).toContain(
      `<g class="series-1"><text class="name over" x="12" y="64">${"x".repeat(31)}…</text><text class="tick over" x="468" y="64" text-anchor="end">n = 1</text>`,
    )
  })

  it("draws the mean and the median across the lane, each at its own value, where there is one", () => {
    const text = plotted(strip([0, 4], { mean: 1, median: 3 }))
    expect(text).toContain('<path class="mean" d="M131 21V45"/>')
    expect(text).toContain('<path class="median" d="M349 21V45"/>')
    expect(plotted(strip([0, 4], { mean: 1 }))).not.toContain('class="median"')
    expect(plotted(strip([0, 4], { median: 1 }))).not.toContain('class="mean"')
  })

  it("draws a reference muted, with rings", () => {
    const text = plotted(strip([0, 4], { series: null }))
    expect(text).toContain('<g class="series-none">')
    expect(text.match(/class="ring"/g)).toHaveLength(2)
  })
})
