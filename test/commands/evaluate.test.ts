import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { refusal } from "../data/support/refusal.ts"
import { drawn } from "../scoring/drawn.ts"
import { useFolder } from "../support/folder.ts"
import { runEvaluate as run } from "./runEvaluate.ts"

const write = useFolder()

/** Three cases of two slices, 2 mm thick: two voxels against one; found nowhere; nothing there. */
const three = () => {
  const options = { spacingMm: [0.5, 1, 2] as const }
  write("p/a.nii", drawn([["##.."], ["...."]], options))
  write("r/a.nii", drawn([["#..."], ["...."]], options))
  write("p/b.nii.gz", drawn([["...."], ["...."]], { ...options, gzip: true }))
  write("r/b.nii", drawn([["#..."], ["...."]], options))
  write("p/=c.nii", drawn([["...."], ["...."]], options))
  write("r/=c.nii", drawn([["...."], ["...."]], options))
}

const nothing = {
  ...{ dice: null, iou: null, precision: null, recall: null },
  ...{ hd: null, hd95: null, assd: null, nsd: null },
}

describe("evaluate", () => {
  it("prints one JSON object", async () => {
    three()
    const { printed } = await run({ json: true })
    expect(printed.endsWith("}\n")).toBe(true)
    // Distances: 0 and 0.5 from the prediction, 0 from the reference.
    const a = { dice: 2 / 3, iou: 0.5, precision: 0.5, recall: 1, hd: 0.5, hd95: 0.45, assd: 0.5 / 3 }
    const found = JSON.parse(printed)
    expect(found).toMatchObject({
      cases: [
        { case: "=c", ...nothing, outcome: "bothEmpty" },
        { case: "a", outcome: "scored" },
        { case: "b", ...nothing, outcome: "missed" },
      ],
      ...{ missed: 1, falseAlarms: 0, bothEmpty: 1 },
      ...{ per: "volume", hd95: "pooled", toleranceMm: 2, empty: "skip", distanceUnit: "mm" },
    })
    for (const [metric, value] of Object.entries(a)) {
      expect(found.cases[1][metric], metric).toBeCloseTo(value, 12)
      expect(found.summary[metric], metric).toEqual({
        mean: found.cases[1][metric],
        sd: null,
        median: found.cases[1][metric],
        n: 1,
      })
    }
    expect(Object.keys(found.cases[0])).toEqual(["case", ...Object.keys(nothing), "outcome"])
  })

  it("adds the slices where these were scored", async () => {
    three()
    const { printed } = await run({ json: true, per: "slice", metrics: "dice", empty: "undefined" })
    const { cases, ...rest } = JSON.parse(printed)
    expect(cases[1]).toEqual({
      ...{ case: "a", ...nothing, dice: 2 / 3, outcome: "scored", missedSlices: 0, falseAlarmSlices: 0 },
      slices: [
        { slice: 0, ...nothing, dice: 2 / 3, outcome: "scored" },
        { slice: 1, ...nothing, outcome: "bothEmpty" },
      ],
    })
    expect(cases[2]).toMatchObject({ dice: 0, outcome: "missed", missedSlices: 1 })
    expect(rest).toMatchObject({
      summary: { dice: { mean: 1 / 3, n: 2 }, hd: { n: 0 } },
      ...{ missed: 1, falseAlarms: 0, bothEmpty: 4, per: "slice", empty: "undefined" },
    })
  })

  it("prints a table, its summary, and what one must know to judge it", async () => {
    three()
    const { printed, shown } = await run({ metrics: "dice,hd95,nsd", toleranceMm: "1" })
    expect(printed).toBe(
      [
        "case     Dice  HD95 (mm)    NSD  outcome",
        "=c          –          –      –  both empty",
        "a       0.667       0.45  1.000  scored",
        "b           –          –      –  missed",
        "",
        "mean    0.667       0.45  1.000",
        "sd          –          –      –",
        "median  0.667       0.45  1.000",
        "n           1          1      1",
        "",
        "3 cases: 1 missed, 0 false alarms, 1 with both masks empty; these count for no mean (--empty skip)",
        "HD95: pooled, as medpy",
        "NSD: within 1 mm",
        "",
      ].join("\n"),
    )
    expect(shown).toBe("3/3 cases  in 0:00\n")
  })

  it("counts slices in the table where these were scored", async () => {
    three()
    expect((await run({ per: "slice", metrics: "dice" })).printed.split("\n").slice(0, 4)).toEqual([
      "case     Dice  slices  missed  false alarms  outcome",
      "=c          –       2       0             0  both empty",
      "a       0.667       2       0             0  scored",
      "b           –       2       1             0  missed",
    ])
  })

  it("writes the table as CSV, in full precision, no name a formula", async () => {
    three()
    await run({ metrics: "hd,dice", csv: "out.csv" })
    expect(readFileSync("out.csv", "utf8")).toBe(
      [
        "case,hd_mm,dice,outcome",
        "'=c,,,bothEmpty",
        "a,0.5,0.6666666666666666,scored",
        "b,,,missed",
        "",
      ].join("\n"),
    )
    await run({ metrics: "dice", csv: "out.csv", per: "slice" })
    expect(readFileSync("out.csv", "utf8").split("\n").slice(0, 2)).toEqual([
      "case,dice,outcome,slices,missed_slices,false_alarm_slices",
      "'=c,,bothEmpty,2,0,0",
    ])
    expect(readdirSync(".").sort()).toEqual(["out.csv", "p", "r"])
  })

  it("scores two files, without a bar", async () => {
    const { printed, shown } = await run({
      predictions: write("mine.nii", drawn([["#."]])),
      reference: write("expert.nii.gz", drawn([["##"]], { gzip: true })),
      json: true,
    })
    expect(JSON.parse(printed).cases).toMatchObject([{ case: "expert", dice: 2 / 3 }])
    expect(shown).toBe("")
  })

  it("shows a bar on a terminal, with --json too, and with it nothing elsewhere", async () => {
    three()
    expect((await run({ json: true }, true)).shown).toMatch(/\[#{20}\.{10}\] 2\/3 cases {2}ETA .* a\r.*\n$/s)
    expect((await run({ json: true })).shown).toBe("")
  })

  it("says that distances between PNG images are in pixels", async () => {
    for (const side of ["p", "r"]) write(`${side}/a.png`, png(ihdr(2, 1), idat(0, 0, 255)))
    const { printed } = await run({ metrics: "hd,nsd", csv: "out.csv" })
    expect(printed).toContain("HD (pixels)")
    expect(printed).toContain("NSD: within 2 pixels\n")
    expect(printed).toMatch(/\ndistances are in pixels: .*--spacing-mm\)\n$/)
    expect(readFileSync("out.csv", "utf8")).toMatch(/^case,hd_pixels,nsd,outcome\n/)
    expect((await run({ spacingMm: "0.5,0.5" })).printed).not.toContain("pixels")
  })

  it("tells all problems of names and headers before it reads a voxel", async () => {
    write("p/a.nii", drawn([["012"]])) // no mask, which only its voxels show
    write("r/a.nii", drawn([["01."]], { spacingMm: [2, 1, 1] }))
    write("p/b.nii", new Uint8Array(10))
    write("r/b.nii", drawn([["01"]]))
    write("r/c.nii", "")
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("data")
    expect(problems.map(({ message, path }) => [path, message])).toEqual([
      [undefined, "1 reference has no prediction"],
      ["case a", "prediction and reference differ in spacing, affine"],
      ["case b", expect.any(String)],
    ])
  })

  it("refuses a spacing where no image needs one", async () => {
    three()
    const { kind, problems } = await refusal(run({ spacingMm: "1,1" }))
    expect({ kind, problems }).toMatchObject({
      kind: "usage",
      problems: [{ message: "--spacing-mm is for PNG images, and there are none" }],
    })
  })

  it("refuses a table in a folder that is not there before it scores", async () => {
    three()
    const { kind, problems } = await refusal(run({ csv: "none/out.csv" }))
    expect({ kind, problems }).toMatchObject({ kind: "environment", problems: [{ file: "none/out.csv" }] })
    expect((await refusal(run({ csv: "p" }))).problems).toMatchObject([{ found: "it is a folder" }])
  })

  it("prints and writes nothing when a mask is damaged", async () => {
    three()
    write("p/a.nii", drawn([["12.."], ["...."]], { spacingMm: [0.5, 1, 2] }))
    expect((await refusal(run({ csv: "out.csv" }))).problems).toMatchObject([{ file: "p/a.nii" }])
    expect(readdirSync(".").sort()).toEqual(["p", "r"])
  })
})
