import { describe, expect, it } from "vitest"
import { checkPairs } from "../../src/scoring/checkPairs.ts"
import { type CaseScore, type ScoringOptions, scorePair } from "../../src/scoring/scorePair.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { refusal } from "../data/support/refusal.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"
import { allMetrics } from "./options.ts"

const write = useFolder()

/** @param ending of the files' names */
const scored = async (
  prediction: Uint8Array,
  reference: Uint8Array,
  options: Partial<ScoringOptions> = {},
  ending = "nii",
): Promise<CaseScore> => {
  const files = {
    case: "a",
    prediction: write(`p.${ending}`, prediction),
    reference: write(`r.${ending}`, reference),
  }
  const { pairs, problems } = await checkPairs([files], { agreement: "geometry", pngSpacingMm: null })
  expect(problems).toEqual([])
  return scorePair(pairs[0]!, { ...allMetrics, ...options })
}

const spacingMm = [0.5, 2, 3] as const // columns, rows, slices
const prediction = drawn([["##.."], ["#..."], ["...."]], { spacingMm })
const reference = drawn([["#..."], ["#..."], ["#..."]], { spacingMm })

describe("scorePair", () => {
  it("scores a 3-D file as one mask", async () => {
    const { outcome, slices, values } = await scored(prediction, reference)
    expect({ outcome, slices }).toEqual({ outcome: "scored", slices: null })
    // 2 voxels of 3 and of 3 in common.
    expect(values).toMatchObject({ dice: 2 / 3, iou: 2 / 4, precision: 2 / 3, recall: 2 / 3 })
    // From prediction: 0, 0.5, 0. From reference: 0, 0, and 3 mm to the slice before.
    expect(values.hd).toBeCloseTo(3, 12)
    expect(values.assd).toBeCloseTo(3.5 / 6, 12)
  })

  it("measures through the slices, in mm", async () => {
    const { values } = await scored(
      drawn([["#.."], ["..."]], { spacingMm }),
      drawn([["..."], ["..#"]], { spacingMm }),
    )
    // Two columns of 0.5 mm and one slice of 3 mm away.
    for (const metric of ["hd", "hd95", "assd"] as const)
      expect(values[metric]).toBeCloseTo(Math.sqrt(1 + 9), 12)
    expect(values).toMatchObject({ dice: 0, iou: 0 })
  })

  it("scores each slice and takes their mean where it is defined", async () => {
    const { outcome, values, slices } = await scored(prediction, reference, { per: "slice" })
    expect(outcome).toBe("scored")
    expect(slices!.map((slice) => [slice.outcome, slice.values.dice, slice.values.hd])).toEqual([
      ["scored", 2 / 3, 0.5],
      ["scored", 1, 0],
      ["missed", null, null],
    ])
    expect(values.dice).toBeCloseTo((2 / 3 + 1) / 2, 15)
    expect(values.hd).toBe(0.25)
  })

  it.each([
    ["missed", ["....", "#..."], ["#...", "...."]],
    ["falseAlarm", ["....", "#..."], ["....", "...."]],
    ["bothEmpty", ["....", "...."], ["....", "...."]],
  ])(
    "calls a case without a scored slice %s, a miss being worse than a false alarm",
    async (outcome, p, r) => {
      const ofSlices = (lines: readonly string[]) => drawn(lines.map((line) => [line]))
      const score = await scored(ofSlices(p), ofSlices(r), { per: "slice" })
      expect(score.outcome).toBe(outcome)
      expect(score.values.dice).toBeNull()
    },
  )

  it("scores a file of one slice in two dimensions, as a volume and as a slice", async () => {
    const options = { spacingMm }
    const p = drawn([["##..", "...."]], options)
    const r = drawn([["#...", "#..."]], options)
    const asVolume = await scored(p, r)
    // From prediction: 0, 0.5. From reference: 0, 2.
    expect(asVolume.values).toMatchObject({ dice: 1 / 2, hd: 2, assd: 2.5 / 4 })
    const { slices, ...asSlice } = await scored(p, r, { per: "slice" })
    expect({ ...asSlice, slices: null }).toEqual(asVolume)
    expect(slices).toHaveLength(1)
  })

  it("scores PNG images in pixels", async () => {
    const image = (...line: readonly number[]) => png(ihdr(4, 1), idat(0, ...line))
    const { values, labels } = await scored(image(255, 0, 0, 0), image(0, 0, 7, 0), {}, "png")
    expect(values).toMatchObject({ dice: 0, hd: 2, hd95: 2, assd: 2 })
    expect(labels).toEqual({ prediction: [255], reference: [7] })
  })

  it("scores the labels asked for", async () => {
    const p = drawn([["1120"]])
    const r = drawn([["2013"]])
    // {1, 2}: ### . and #.#. have 2 in common.
    expect((await scored(p, r, { labels: [1, 2] })).values.dice).toBeCloseTo(4 / 5, 15)
    expect((await scored(p, r, { labels: [3] })).outcome).toBe("missed")
  })

  it("leaves null what was not asked for", async () => {
    const { values } = await scored(prediction, reference, { metrics: ["iou"] })
    expect(values).toEqual({
      ...{ dice: null, iou: 0.5, precision: null, recall: null },
      ...{ hd: null, hd95: null, assd: null, nsd: null },
    })
  })

  it("tells the problems of both files", async () => {
    const { kind, problems } = await refusal(scored(drawn([["0123"]]), drawn([["0134"]])))
    expect(kind).toBe("data")
    expect(problems.map(({ file, message }) => [file, message])).toEqual([
      ["p.nii", "the mask holds more than 0 and one other value"],
      ["r.nii", "the mask holds more than 0 and one other value"],
    ])
  })

  it("measures as each option says", async () => {
    // A line of five voxels, 0.5 mm apart, against its first: 0, 0.5, 1, 1.5, 2 mm there, 0 back.
    const [line, dot] = [drawn([["#####"]], { spacingMm }), drawn([["#...."]], { spacingMm })]
    const of = async (options: Partial<ScoringOptions>) => (await scored(line, dot, options)).values
    // Pooled: 4.75 of 0 0 0.5 1 1.5 2; the larger way: 3.8 of 0 0.5 1 1.5 2.
    expect((await of({ hd95: "pooled" })).hd95).toBeCloseTo(1.875, 12)
    expect((await of({ hd95: "max-directed" })).hd95).toBeCloseTo(1.9, 12)
    expect((await of({ hd95: "contour" })).hd95).toBeCloseTo(2, 12)
    const nsd = async (toleranceMm: number) => (await of({ toleranceMm })).nsd!
    expect(await nsd(0)).toBeLessThan(await nsd(1))
    expect(await nsd(1)).toBeLessThan(1)
    expect(await nsd(2)).toBe(1)
  })

  it.each(["volume", "slice"] as const)("treats empty masks of a %s by the policy", async (per) => {
    // 4 columns of 0.5 mm, 1 row of 2 mm: the slice's diagonal is sqrt(8) mm; with 2 slices of 3 mm sqrt(44).
    const [some, none] = [
      drawn([["#..."], ["#..."]], { spacingMm }),
      drawn([["...."], ["...."]], { spacingMm }),
    ]
    const diagonal = Math.sqrt(per === "slice" ? 8 : 44)
    const missed = async (empty: ScoringOptions["empty"]) => (await scored(none, some, { per, empty })).values
    expect(await missed("skip")).toMatchObject({ dice: null, hd: null })
    expect(await missed("undefined")).toMatchObject({ dice: 0, hd: null })
    const worst = await missed("worst")
    expect(worst.dice).toBe(0)
    for (const metric of ["hd", "hd95", "assd"] as const) expect(worst[metric]).toBeCloseTo(diagonal, 12)
  })

  it("takes each slice from its place in the file", async () => {
    // Slices of 2 rows of 3; each has another number of voxels in common with its reference: 1, 2 and 0.
    const p = drawn(
      [
        ["#..", "..."],
        ["##.", "..."],
        ["...", "#.."],
      ],
      { spacingMm },
    )
    const r = drawn(
      [
        ["#..", "#.."],
        ["##.", "..."],
        ["...", "..#"],
      ],
      { spacingMm },
    )
    const { slices } = await scored(p, r, { per: "slice" })
    expect(slices!.map(({ values }) => [values.dice, values.hd])).toEqual([
      [2 / 3, 2],
      [1, 0],
      [0, 1],
    ])
  })

  it("names the labels of either file, and none of an empty mask", async () => {
    const { labels } = await scored(drawn([["0022"]]), drawn([["...."]]))
    expect(labels).toEqual({ prediction: [2], reference: [] })
    const chosen = await scored(drawn([["0123"]]), drawn([["0113"]]), { labels: [3, 2] })
    expect(chosen.labels).toEqual({ prediction: [2, 3], reference: [3] })
  })

  it("takes the case for scored when any slice was, wherever it lies", async () => {
    const p = drawn([["#..."], ["...."], ["#..."]])
    const r = drawn([["...."], ["#..."], ["##.."]])
    const { outcome, slices, values } = await scored(p, r, { per: "slice" })
    expect(slices!.map((slice) => slice.outcome)).toEqual(["falseAlarm", "missed", "scored"])
    expect(outcome).toBe("scored")
    expect(values.dice).toBeCloseTo(2 / 3, 15)
  })
})
