import { decode } from "fast-png"
import { describe, expect, it } from "vitest"
import { outline } from "../../../src/figures/outline.ts"
import { panelFigures } from "../../../src/stages/report/panelFigures.ts"
import type { Panel } from "../../../src/stages/reportInput.ts"
import { readable } from "../../support/pageTable.ts"

const [rows, columns] = [6, 8]
/** A rectangle of ones: rows and columns from and up to. */
const box = (r0: number, r1: number, c0: number, c1: number): Uint8Array =>
  Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [r, c] = [Math.floor(i / columns), i % columns]
    return r >= r0 && r < r1 && c >= c0 && c < c1 ? 1 : 0
  })

const pathOf = (data: Uint8Array) => outline({ rows, columns, data })

const expert = box(1, 5, 1, 5)
const annotator = box(1, 5, 1, 7)
const predicted = [box(2, 4, 2, 4), box(0, 6, 0, 8)]

const panel: Panel = {
  which: "median",
  metric: "dice",
  case: "case 7",
  slice: 3,
  rows,
  columns,
  spacingMm: [2, 1],
  image: { rows: 2, columns: 3, data: Uint8Array.of(0, 50, 100, 150, 200, 250) },
  expert,
  annotators: [{ name: "student", mask: annotator }],
  predictions: predicted.map((mask, i) => ({ label: `m${i}`, mask, value: [0.4, null][i]! })),
}

const tilesOf = (text: string) => text.split('<div class="tile">').slice(1)
const layersOf = (tile: string) =>
  [...tile.matchAll(/<path class="(shade|line)-(\w+)" fill-rule="evenodd" d="([^"]*)"/g)].map((found) => [
    found[2],
    found[3],
  ])

describe("figure 4", () => {
  const { text } = panelFigures([panel])
  const tiles = tilesOf(text)

  it("shows the slice with the expert and where the annotators disagree, then with each prediction", () => {
    expect(tiles).toHaveLength(3)
    expect(layersOf(tiles[0]!)).toEqual([
      // The expert's columns end at 5, the student's at 7.
      ["disagreement", pathOf(box(1, 5, 5, 7))],
      ["expert", pathOf(expert)],
    ])
    for (const [i, mask] of predicted.entries())
      expect(layersOf(tiles[i + 1]!)).toEqual([
        ["expert", pathOf(expert)],
        ["prediction", pathOf(mask)],
      ])
    // 8 columns of 1 mm, 6 rows of 2 mm.
    for (const tile of tiles) expect(tile).toContain('viewBox="0 0 8 12"')
  })

  it("says of each tile whose it is, and its Dice", () => {
    expect(readable(/<h3>(.*?)<\/h3>/.exec(text)![1]!)).toBe("Median case: case 7, slice 3")
    expect(tiles.map((tile) => readable(/<p>(.*?)<\/p>/.exec(tile)![1]!))).toEqual([
      ...["expert against student", "m0 Dice 0.400", "m1 Dice undefined"],
    ])
    expect(tiles.map((tile) => /<title[^>]*>(.*?)<\/title>/.exec(tile)![1])).toEqual([
      "Expert and annotators, slice 3 of case 7",
      "Prediction of m0, slice 3 of case 7",
      "Prediction of m1, slice 3 of case 7",
    ])
    expect(tiles.map((tile) => /<desc[^>]*>(.*?)<\/desc>/.exec(tile)![1])).toEqual([
      "Outline of the expert, and shaded where the expert and student do not all agree.",
      "Outlines of the expert and of the prediction; Dice 0.400.",
      "Outlines of the expert and of the prediction; Dice undefined.",
    ])
  })

  it("holds the image once, grey value by grey value, and shows it again in the other tiles", () => {
    const image = decode(Buffer.from(/base64,([^"]*)/.exec(tiles[0]!)![1]!, "base64"))
    expect([image.width, image.height, image.channels, image.depth]).toEqual([3, 2, 1, 8])
    expect([...image.data]).toEqual([...panel.image.data])
    expect(text.match(/base64,/g)).toHaveLength(1)
    expect(text.match(/<image /g)).toHaveLength(1)
    expect(text.match(/<image id="slice-0"/g)).toHaveLength(1)
    expect(text.match(/<use href="#slice-0"\/>/g)).toHaveLength(2)
    const ids = [...text.matchAll(/<title id="([^"]*)-title"/g)].map(([, id]) => id)
    expect(ids).toEqual(["slice-0-human", "slice-0-prediction-0", "slice-0-prediction-1"])
  })

  it("numbers the slices, and calls them the best, the median and the worst", () => {
    const all = panelFigures(
      (["best", "median", "worst"] as const).map((which) => ({ ...panel, which })),
    ).text
    expect([...all.matchAll(/<h3>(.*?):/g)].map(([, word]) => word)).toEqual([
      "Best case",
      "Median case",
      "Worst case",
    ])
    expect([...all.matchAll(/<image id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      "slice-0",
      "slice-1",
      "slice-2",
    ])
  })

  it("has its caption, and a key of what is drawn", () => {
    expect(readable(/<figcaption>(.*?)<\/figcaption>/.exec(text)![1]!)).toBe(
      "Figure 4. The slices with the best, the median and the worst Dice, averaged over the cells shown, a miss counting as 0. Slices count from 0. The image is as the network saw it, stretched to its true size; outlines are at native resolution.",
    )
    const keysOf = (markup: string) =>
      [
        ...markup.matchAll(/<li><svg class="key".*?<path class="([^"]*)" d="([^"]*)"\/><\/svg>(.*?)<\/li>/g),
      ].map((found) => found.slice(1, 4))
    expect(keysOf(text)).toEqual([
      ["line-expert", "M3 6H25", "expert"],
      ["line-prediction", "M3 6H25", "prediction"],
      ["shade-disagreement", "M3 2H25V10H3Z", "expert and annotators disagree"],
    ])
    const alone = panelFigures([{ ...panel, annotators: [] }]).text
    expect(keysOf(alone)).toHaveLength(2)
    expect(keysOf(panelFigures([{ ...panel, annotators: [] }, panel]).text)).toHaveLength(3)
  })

  it("speaks of the expert alone where nobody else drew", () => {
    const [human] = tilesOf(panelFigures([{ ...panel, annotators: [] }]).text)
    expect(layersOf(human!)).toEqual([["expert", pathOf(expert)]])
    expect(human).toContain(">Outline of the expert.</desc>")
    expect(readable(/<p>(.*?)<\/p>/.exec(human!)![1]!)).toBe("expert")
  })
})
