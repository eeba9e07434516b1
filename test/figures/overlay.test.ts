import { describe, expect, it } from "vitest"
import { type Overlay, overlay } from "../../src/figures/overlay.ts"

const drawn = (changes: Partial<Overlay> = {}): string =>
  overlay({
    id: "o",
    title: "Title",
    description: "Description",
    rows: 100,
    columns: 40,
    spacingMm: [0.5, 2],
    picture: { kind: "png", base64: "AAAA", id: "slice" },
    layers: [],
    ...changes,
  }).text

const barOf = (columns: number, columnMm: number) =>
  /([\d.]+) mm<\/text>/.exec(drawn({ columns, spacingMm: [1, columnMm] }))?.[1] ?? null

describe("overlay", () => {
  it("measures in millimetres: columns across, rows down", () => {
    const text = drawn()
    expect(text).toContain('viewBox="0 0 80 50"')
    expect(text).toContain(
      '<image id="slice" href="data:image/png;base64,AAAA" width="80" height="50" preserveAspectRatio="none"/>',
    )
    expect(text).toContain('<g transform="scale(2 0.5)"></g>')
  })

  it("shows a picture of the page again without giving it twice", () => {
    const text = drawn({ picture: { kind: "again", id: "slice" } })
    expect(text).toContain('<use href="#slice"/>')
    expect(text).not.toContain("<image")
  })

  it("draws its layers in order, lines over a halo, shades without one, empty ones not at all", () => {
    const text = drawn({
      layers: [
        { kind: "shade-disagreement", path: "M1 1Z" },
        { kind: "line-expert", path: "M2 2Z" },
        { kind: "line-prediction", path: "" },
        { kind: "line-prediction", path: "M3 3Z" },
      ],
    })
    expect(/<g transform[^>]*>(.*?)<\/g>/.exec(text)![1]).toBe(
      '<path class="shade-disagreement" fill-rule="evenodd" d="M1 1Z"/>' +
        '<path class="halo" d="M2 2Z"/><path class="line-expert" fill-rule="evenodd" d="M2 2Z"/>' +
        '<path class="halo" d="M3 3Z"/><path class="line-prediction" fill-rule="evenodd" d="M3 3Z"/>',
    )
  })

  it("has the longest round scale bar that takes less than a third of the width", () => {
    expect([60, 60.3, 150, 150.3, 1000].map((mm) => barOf(mm, 1))).toEqual(["10", "20", "20", "50", "50"])
    expect([30.3, 15.3, 6.3, 3.3].map((mm) => barOf(mm, 1))).toEqual(["10", "5", "2", "1"])
    expect(barOf(100, 0.6)).toBe("10")
    expect(barOf(3, 1)).toBeNull()
  })

  it("draws the bar at its length in the lower left corner, its text above", () => {
    // 80 mm wide, 50 high: a bar of 20 mm, 2.4 mm from the left and 3.2 from below; the text 4.8 from below.
    expect(drawn()).toContain(
      '<path class="scale-halo" d="M2.4 46.8h20"/><path class="scale" d="M2.4 46.8h20"/><text class="scale-text" x="2.4" y="45.2" font-size="3.6">20 mm</text>',
    )
  })
})
