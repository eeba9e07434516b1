import { describe, expect, it } from "vitest"
import { type Line, lineChart } from "../../src/figures/lineChart.ts"

const chart = { id: "c", title: "Title", description: "Description", xLabel: "epoch", yLabel: "loss" }
const drawn = (...lines: readonly Line[]): string => lineChart({ ...chart, lines }).text

const line = (points: Line["points"], changes: Partial<Line> = {}): Line => ({
  series: 0,
  faint: false,
  points,
  ...changes,
})

const ticks = (text: string): string[][] =>
  [...text.matchAll(/<text class="tick" x="([^"]*)" y="([^"]*)" text-anchor="(\w+)">([^<]*)</g)].map(
    (found) => found.slice(1, 5),
  )

// The plot lies between x = 44 and 296, its lines 8 further in, and between y = 160 (below) and 26.
describe("lineChart", () => {
  it("draws each point at its place on the two axes", () => {
    // x from 1 to 5 onto 52 to 288: 59 an epoch. y from 0 to 8 in steps of 2 onto 160 to 26: 16.75 each.
    const text = drawn(
      line([
        [1, 8],
        [2, 4],
        [5, 0],
      ]),
    )
    expect(text).toContain('viewBox="0 0 300 200"')
    expect(text).toContain('<path class="line" stroke-dasharray="none" d="M52 26L111 93L288 160"/>')
    expect(
      [...text.matchAll(/<circle cx="([^"]*)" cy="([^"]*)" r="([^"]*)"/g)].map((found) => found.slice(1, 4)),
    ).toEqual([
      ["52", "26", "3.2"],
      ["111", "93", "3.2"],
      ["288", "160", "3.2"],
    ])
  })

  it("has a grid line and a label at every tick of y, and a label under every whole x within", () => {
    const text = drawn(
      line([
        [1, 8],
        [5, 0],
      ]),
    )
    expect(ticks(text)).toEqual([
      ...[0, 2, 4, 6, 8].map((value, i) => [
        "36",
        String(Math.round((164 - 33.5 * i) * 100) / 100),
        "end",
        String(value),
      ]),
      ...[1, 2, 3, 4, 5].map((value, i) => [String(52 + 59 * i), "178", "middle", String(value)]),
    ])
    expect([...text.matchAll(/<path class="grid" d="([^"]*)"/g)].map(([, d]) => d)).toEqual([
      ...["M44 160H296", "M44 126.5H296", "M44 93H296", "M44 59.5H296", "M44 26H296"],
    ])
    expect(text).toContain('<text class="label" x="4" y="12">loss</text>')
    expect(text).toContain('<text class="label" x="170" y="194" text-anchor="middle">epoch</text>')
  })

  it("labels no epoch before the first, after the last or between two", () => {
    const labels = (last: number, first = 1) =>
      ticks(
        drawn(
          line([
            [first, 0],
            [last, 1],
          ]),
        ),
      )
        .filter(([, y]) => y === "178")
        .map(([, , , label]) => label)
    // Ticks of 1 to 3 are halves; of 3 to 18 fives from 0 to 20.
    expect(labels(3)).toEqual(["1", "2", "3"])
    expect(labels(18, 3)).toEqual(["5", "10", "15"])
    expect(labels(10)).toEqual(["2", "4", "6", "8", "10"])
  })

  it("puts a single epoch in the middle, with its label", () => {
    const text = drawn(line([[3, 0.5]]))
    expect(text).toContain('d="M170 ')
    expect(ticks(text).filter(([, y]) => y === "178")).toEqual([["170", "178", "middle", "3"]])
  })

  it("labels a single epoch by its number, round or not", () => {
    expect(ticks(drawn(line([[123, 0.5]]))).at(-1)).toEqual(["170", "178", "middle", "123"])
  })

  it("starts anew after a gap, and draws nothing where x or y is missing", () => {
    const text = drawn(
      line([
        [1, 0],
        [2, 1],
        [3, Number.NaN],
        [4, 1],
        [Number.NaN, 1],
        [5, 0],
      ]),
    )
    expect(text).toContain('d="M52 160L111 26M229 26M288 160"')
    expect(text.match(/<circle/g)).toHaveLength(4)
  })

  it("tells series apart by colour, pattern and mark, and single runs by being faint and without marks", () => {
    const points = [
      [1, 0],
      [2, 1],
    ] as const
    const text = drawn(line(points, { series: 1, faint: true }), line(points, { series: 1 }))
    const groups = [
      ...text.matchAll(/<g class="([^"]*)"><path class="line" stroke-dasharray="([^"]*)"[^>]*>(.*?)<\/g>/g),
    ]
    expect(groups.map((found) => [found[1], found[2], found[3]!.match(/<rect/g)?.length ?? 0])).toEqual([
      ["series-1 faint", "7 3", 0],
      ["series-1", "7 3", 2],
    ])
  })

  it("marks every point of up to twenty, and the last one alone of more", () => {
    const marks = (count: number) => {
      const text = drawn(line(Array.from({ length: count }, (_, i) => [i + 1, i] as const)))
      return [...text.matchAll(/<circle cx="([^"]*)"/g)].map(([, x]) => x)
    }
    expect(marks(20)).toHaveLength(20)
    expect(marks(21)).toEqual(["288"])
  })

  it("takes the range of all lines together", () => {
    const text = drawn(
      line([
        [1, 0],
        [2, 1],
      ]),
      line([[3, 4]], { series: 1 }),
    )
    // x from 1 to 3, y from 0 to 4.
    expect(text).toContain('d="M52 160L170 126.5"')
    expect(text).toContain('d="M288 26"')
  })

  it("says in the middle that there are no values", () => {
    const text = drawn(line([[1, Number.NaN]]))
    expect(text).toContain('<text class="label" x="150" y="100" text-anchor="middle">no values</text>')
    expect(text).not.toContain("<path")
    expect(
      drawn(
        line([
          [1, 0],
          [2, 1],
        ]),
      ).match(/<text[^>]*>[^<]*<\/text>/g),
    ).toHaveLength(2 + 6 + 2)
  })
})
