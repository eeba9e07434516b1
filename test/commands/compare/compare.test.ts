import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { comparedAsJson, comparedAsText, tableFile } from "./tableFile.ts"

describe("compare", () => {
  it("prints one JSON object; differences are first - second", async () => {
    const file = await tableFile("case,a,b\n1,2,1\n2,4,2\n3,6,3\n4,1,5\n5,7,7\n")
    // Differences 1, 2, 3, -4, 0: the ranks of the others are 1, 2, 3 against 4.
    const [object] = await comparedAsJson(file)
    expect(object).toMatchObject({
      metric: null,
      methods: ["a", "b"],
      n: 5,
      pairs: [
        {
          first: "a",
          second: "b",
          n: 5,
          dropped: 0,
          meanDifference: 0.4,
          medianDifference: 1,
          firstBetter: 3,
          secondBetter: 1,
          ties: 1,
          wilcoxonP: 14 / 16,
          holmP: 14 / 16,
        },
      ],
      friedmanP: null,
      summary: { a: { n: 5, mean: 4, median: 4 }, b: { n: 5, mean: 3.6, median: 3 } },
    })
    expect(object!.pairs[0]!.rankBiserial).toBeCloseTo(0.2, 15)
    const [low, high] = object!.pairs[0]!.confidenceInterval
    expect((low + high) / 2).toBeCloseTo(0.4, 14)
    expect(Object.keys(object!)).toEqual(["metric", "methods", "n", "pairs", "friedmanP", "summary"])
  })

  it("takes the direction from the metric, and from nothing else", async () => {
    const file = await tableFile("case,a,b\n1,2,1\n2,4,2\n3,6,3\n")
    const winsWith = async (metric?: string) => {
      const [object] = await comparedAsJson(file, metric === undefined ? {} : { metric })
      return [object!.metric, object!.pairs[0]!.firstBetter, object!.pairs[0]!.secondBetter]
    }
    expect(await winsWith()).toEqual([null, 3, 0])
    for (const metric of ["hd", "hd95", "assd"]) expect(await winsWith(metric)).toEqual([metric, 0, 3])
    const shares = await tableFile("case,a,b\n1,0.2,0.1\n2,0.4,0.2\n")
    for (const metric of ["dice", "iou", "precision", "recall", "nsd"])
      expect((await comparedAsJson(shares, { metric }))[0]).toMatchObject({ pairs: [{ firstBetter: 2 }] })
  })

  it("drops missing scores pair by pair, and counts them", async () => {
    const words = ["", "NA", "n/a", "NaN", "null", "-", "None"]
    const rows = words.map((word, i) => `m${i},${word},0.5,0.4`)
    const file = await tableFile(`id,a,b,c\n${rows.join("\n")}\n1,0.1,0.2,\n2,0.3,0.5,0.1\n3,0.2,0.1,0.4\n`)
    const [object] = await comparedAsJson(file)
    expect(object!.n).toBe(10)
    expect(object!.pairs.map(({ first, second, n, dropped }) => [first, second, n, dropped])).toEqual([
      ["a", "b", 3, 7],
      ["a", "c", 2, 8],
      ["b", "c", 9, 1],
    ])
    expect(object!.summary).toMatchObject({ a: { n: 3 }, b: { n: 10 }, c: { n: 9 } })
  })

  it("leaves undefined what has too few scores", async () => {
    const file = await tableFile("case,a,b,none\n1,1,2,\n2,2,4,NA\n")
    const [object] = await comparedAsJson(file)
    expect(object!.summary.none).toEqual({ n: 0, mean: null, sd: null, median: null })
    expect(object!.pairs[1]).toEqual({
      ...{ first: "a", second: "none", n: 0, dropped: 2 },
      ...{ meanDifference: null, medianDifference: null, confidenceInterval: null },
      ...{ firstBetter: null, secondBetter: null, ties: null },
      ...{ wilcoxonP: null, pairedTP: null, holmP: null, rankBiserial: null },
    })
    expect(object!.pairs[0]!.holmP).toBe(object!.pairs[0]!.wilcoxonP)
    const empty = await comparedAsText(await tableFile("case,a,b\n1,1,\n2,,4\n"))
    expect(empty).toContain("no two methods have scores of the same two cases: nothing can be compared")
  })

  it.each([
    ["an empty heading", ",a,b\n1,2,3\n2,3,5\n"],
    ["a usual heading", "Patient,a,b\n1,2,3\n2,3,5\n"],
    ["words in it", "Fall,a,b\nx1,2,3\nx2,3,5\n"],
    ["its heading among those of a metric", "Fall,a.iou,b.iou\n1,0,1\n2,1,0.5\n"],
  ])("knows the column of case names by %s", async (_, content) => {
    expect((await comparedAsJson(await tableFile(content)))[0]!.methods).toEqual(["a", "b"])
  })

  it("does without case names", async () => {
    const [object] = await comparedAsJson(await tableFile("a;b\n1;2\n2;4\n"))
    expect(object).toMatchObject({ methods: ["a", "b"], n: 2 })
  })

  it("keeps dots in the names of methods", async () => {
    const plain = await comparedAsJson(await tableFile("case,net.1,net.2\n1,2,3\n2,3,5\n"))
    expect(plain[0]).toMatchObject({ metric: null, methods: ["net.1", "net.2"] })
    const dotted = await comparedAsJson(await tableFile("case,net.1.HD95_mm,net.2.hd95\n1,2,3\n2,3,5\n"))
    expect(dotted[0]).toMatchObject({ metric: "hd95", methods: ["net.1", "net.2"] })
  })

  const row = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
  test.prop([fc.array(row, { minLength: 2, maxLength: 15 })], { numRuns: 25 })(
    "turns the signs with the columns, and does not depend on the order of the rows",
    async (rows) => {
      const of = async (lines: readonly (readonly number[])[]) => {
        const body = lines.map((values, i) => `case${i},${values.map((value) => value / 100).join()}\n`)
        return (await comparedAsJson(await tableFile(`case,a,b\n${body.join("")}`)))[0]!.pairs[0]!
      }
      const pair = await of(rows)
      const back = await of(rows.map(([a, b]) => [b, a]))
      const turned = await of(rows.toReversed())
      expect(back.meanDifference).toBeCloseTo(-pair.meanDifference, 14)
      expect(back.rankBiserial).toBeCloseTo(-pair.rankBiserial, 14)
      expect([back.firstBetter, back.ties, back.holmP]).toEqual([pair.secondBetter, pair.ties, pair.holmP])
      expect(turned.holmP).toBeCloseTo(pair.holmP, 14)
      expect(turned.meanDifference).toBeCloseTo(pair.meanDifference, 14)
      expect(turned.firstBetter).toBe(pair.firstBetter)
    },
  )
})

const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]

describe("what compare prints for people", () => {
  it("has a summary, the pairs, and what they show", async () => {
    const rows = eight.map((value, i) =>
      [`p${i}`, value, value - 0.01 - 0.001 * i, i < 6 ? value + (i % 2 === 0 ? -0.012 : -0.009) : "NA"]
        .map((each) => (typeof each === "number" ? each.toFixed(3) : each))
        .join(),
    )
    const file = await tableFile(`case,new,old,\u001b[2Jodd\n${rows.join("\n")}\n`)
    const text = await comparedAsText(file, { metric: "dice" })
    expect(text.replace(file, "scores.csv")).toBe(`scores.csv: 8 cases

Dice: larger is better

method   n    mean      sd  median
new      8  0.9350  0.0245  0.9350
old      8  0.9215  0.0220  0.9215
␛[2Jodd  6  0.9145  0.0193  0.9145
No method is shown to be better than every other.

first - second              n      mean               95 % CI    median   wins  Wilcoxon p  Holm p  t test p      r  better
new - old                   8  +0.01350  +0.01145 to +0.01555  +0.01350  8:0:0      0.0078   0.023    1.1e-6  +1.00  new
new - ␛[2Jodd   6 (2 dropped)  +0.01050  +0.00878 to +0.01222  +0.01050  6:0:0       0.031   0.063    1.9e-5  +1.00  not shown
old - ␛[2Jodd   6 (2 dropped)  -0.00200  -0.00497 to +0.00097  -0.00200  1:4:1       0.250   0.250     0.144  -0.73  not shown
Friedman's test of all methods doing equally well: p 0.0062.

Differences are first - second, case by case; wins: cases in which first is better, second is, neither is.
95 % CI: t interval of the mean difference, not corrected for the number of comparisons.
Holm p: Wilcoxon's signed-rank p, corrected for 3 comparisons; below 0.05 it shows a difference.
r: matched-pairs rank-biserial correlation, from -1 to 1, positive where first is larger.

What this shows
- Dice: new is better than old (Holm p 0.023).
- Dice: no difference shown between new and ␛[2Jodd (95 % CI +0.00878 to +0.01222, Holm p 0.063).
- Dice: no difference shown between old and ␛[2Jodd (95 % CI -0.00497 to +0.00097, Holm p 0.250).
- no difference shown does not mean that there is none: the interval says how large it may be.
`)
  })

  /** Columns a, b, c, ...: each lies below the one before in every case, by other amounts. */
  const falling = (count: number): string => {
    const names = Array.from({ length: count }, (_, i) => String.fromCharCode(97 + i))
    const rows = eight.map((value, i) => names.map((_, j) => (value - j * (0.02 + 0.001 * i)).toFixed(3)))
    return `${names.join()}\n${rows.map((row) => `${row.join()}\n`).join("")}`
  }

  it("marks a winner that is shown to be better than every other", async () => {
    const text = await comparedAsText(await tableFile(falling(3)), { metric: "dice" })
    expect(text).toContain("\na *     8  0.9350")
    expect(text).toContain("\n* shown to be better than every other method.\n")
    expect(text).toContain(
      "- Dice: a is better than every other method.\n- Dice: a is better than b (Holm p ",
    )
    const distances = await comparedAsText(await tableFile(falling(3)), { metric: "hd95" })
    expect(distances).toContain("HD95: a distance, in the unit of the table; smaller is better\n")
    expect(distances).toContain("\nc *     8  ")
  })

  it("says that the direction is a guess where no metric is named", async () => {
    const text = await comparedAsText(await tableFile(falling(2)))
    expect(text).toContain("Scores of an unnamed metric: larger is taken to be better (say --metric for")
    expect(text).toContain("\n- a is better than b (Holm p 0.0078).\n")
  })

  it("marks no winner among methods that met the baseline only", async () => {
    const text = await comparedAsText(await tableFile(falling(3)), { metric: "dice", baseline: "b" })
    expect(text).toContain("- Dice: a has the best mean, but was compared with the baseline only.\n")
    expect(text).not.toContain("*")
  })

  it("says when so few cases can show nothing", async () => {
    const text = await comparedAsText(await tableFile("a,b\n1,2\n2,4\n3,6\n4,8\n5,10\n"))
    expect(text).toContain(
      "- with 5 cases and 1 comparison the smallest corrected p that the test can give is 0.063: no difference could have been shown, however large.\n",
    )
  })

  it("tells of many comparisons only those of the best method", async () => {
    const rows = Array.from({ length: 12 }, (_, i) => [0, 1, 2, 3].map((j) => 50 + i - j * (1 + i / 100)))
    const text = await comparedAsText(
      await tableFile(`a,b,c,d,e\n${rows.map((row) => `${row.join()},${row[3]}\n`).join("")}`),
    )
    expect(text).toContain("- 9 of 10 comparisons show a difference.\n")
    expect(text.match(/^- .* is better than .$|^- .* is better than . \(/gm)).toHaveLength(4)
    expect(text).not.toContain("no difference shown")
  })
})
