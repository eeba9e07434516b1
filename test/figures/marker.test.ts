import { describe, expect, it } from "vitest"
import { at, dashes, marker, seriesClass, swatch } from "../../src/figures/marker.ts"

describe("at", () => {
  it("has two decimals at most", () => {
    expect([1, 1.5, 1.234, 1.236, -0.005001, 300].map(at)).toEqual([
      "1",
      "1.5",
      "1.23",
      "1.24",
      "-0.01",
      "300",
    ])
  })
})

describe("a series", () => {
  const series = [0, 1, 2, 3, 4, 5]

  it("has a class, a line pattern and a mark of its own, which six series share out", () => {
    expect(series.map(seriesClass)).toEqual(series.map((i) => `series-${i}`))
    expect(series.map(dashes)).toEqual(["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 2"])
    const marks = series.map((i) => marker(i, 10, 20, 4).text)
    expect(new Set(marks).size).toBe(6)
    expect([6, 11].map(seriesClass)).toEqual(["series-0", "series-5"])
    expect([6, 11].map(dashes)).toEqual(["none", "4 2"])
    expect([6, 7, 8, 9, 10, 11].map((i) => marker(i, 10, 20, 4).text)).toEqual(marks)
  })

  it("is muted and has a ring where it is a reference's", () => {
    expect([seriesClass(null), dashes(null)]).toEqual(["series-none", "1 3"])
    expect(marker(null, 10, 20, 4).text).toBe('<circle class="ring" cx="10" cy="20" r="3.4"/>')
  })

  it("is marked around its point: circle, square, triangle, diamond, inverted triangle, bar", () => {
    // Radius 4 at (10, 20).
    expect(series.map((i) => marker(i, 10, 20, 4).text)).toEqual([
      '<circle cx="10" cy="20" r="4"/>',
      '<rect x="6.4" y="16.4" width="7.2" height="7.2"/>',
      '<polygon points="10,15 14.6,23.4 5.4,23.4"/>',
      '<polygon points="10,14.8 15.2,20 10,25.2 4.8,20"/>',
      '<polygon points="10,25 14.6,16.6 5.4,16.6"/>',
      '<rect x="8" y="15" width="4" height="10"/>',
    ])
  })

  it("has a swatch with its mark in the middle, which is not read aloud", () => {
    expect(swatch(0).text).toBe(
      '<svg class="swatch series-0" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4"/></svg>',
    )
    expect(swatch(null).text).toContain('class="swatch series-none"')
  })
})
