import { availableParallelism } from "node:os"
import { describe, expect, it } from "vitest"
import { type EvaluateCommand, evaluateOptions } from "../../../src/commands/evaluate/evaluateOptions.ts"
import { metricNames } from "../../../src/metrics/scores.ts"
import { refusal } from "../../data/support/refusal.ts"
import { evaluateCommand } from "../evaluateCommand.ts"

const options = (words: Partial<EvaluateCommand>) => evaluateOptions(evaluateCommand(words))

describe("evaluateOptions", () => {
  it("measures everything on as many cores as there are, unless told otherwise", () => {
    expect(options({})).toMatchObject({
      scoring: { metrics: metricNames, toleranceMm: 2, labels: null },
      pngSpacingMm: null,
      jobs: availableParallelism(),
    })
  })

  it("reads what it is told", () => {
    expect(
      options({
        metrics: "hd95, dice,hd95",
        toleranceMm: ".5",
        labels: "1,2,1",
        spacingMm: "0.5,1e-1",
        jobs: "3",
      }),
    ).toMatchObject({
      scoring: { metrics: ["hd95", "dice"], toleranceMm: 0.5, labels: [1, 2] },
      pngSpacingMm: [0.5, 0.1],
      jobs: 3,
    })
  })

  it("tells everything that is wrong at once", async () => {
    const { kind, problems } = await refusal(() =>
      options({
        predictions: "",
        csv: "",
        metrics: "dise,,volume",
        toleranceMm: "-1",
        labels: "1,x",
        spacingMm: "0,1",
        jobs: "0",
      }),
    )
    expect(kind).toBe("usage")
    const metrics = "some of dice, iou, precision, recall, hd, hd95, assd, nsd, separated by commas"
    expect(problems).toEqual([
      { message: "--predictions names nothing", found: '""', fix: "name a file or a folder" },
      { message: "--csv names nothing", found: '""', fix: "name a file or a folder" },
      { message: "--metrics names `dise`, which is no metric", expected: metrics, suggestion: "dice" },
      { message: "--metrics names nothing, which is no metric", expected: metrics },
      { message: "--metrics names `volume`, which is no metric", expected: metrics },
      {
        message: "--tolerance-mm is not a distance",
        expected: "a number, 0 or more",
        found: '"-1"',
      },
      {
        message: "--labels are not whole numbers",
        expected: "numbers separated by commas: 1,2",
        found: '"1,x"',
      },
      {
        message: "--spacing-mm does not say how far rows and columns lie apart",
        expected: "two numbers above 0, first between rows, then between columns: 0.5,0.5",
        found: '"0,1"',
      },
      {
        message: "--jobs is not a number of threads",
        expected: "a whole number from 1 to 256",
        found: '"0"',
      },
    ])
  })

  it.each([
    ["tolerance", { toleranceMm: "" }],
    ["tolerance", { toleranceMm: "Infinity" }],
    ["labels", { labels: "" }],
    ["labels", { labels: "1.5" }],
    ["spacing", { spacingMm: "1" }],
    ["spacing", { spacingMm: "1,1,1" }],
    ["jobs", { jobs: "1.5" }],
    ["jobs", { jobs: "257" }],
  ])("refuses a %s of %j", async (name, words) => {
    const { problems } = await refusal(() => options(words))
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(`--${name}`)])
  })

  it.each([
    [{ toleranceMm: "0" }, { scoring: { toleranceMm: 0 } }],
    [{ toleranceMm: "1e2" }, { scoring: { toleranceMm: 100 } }],
    [{ labels: "-3" }, { scoring: { labels: [-3] } }],
    [{ labels: " 3 , 1 " }, { scoring: { labels: [3, 1] } }],
    [{ jobs: "1" }, { jobs: 1 }],
    [{ jobs: "256" }, { jobs: 256 }],
    [{ spacingMm: " 2 ,0.001" }, { pngSpacingMm: [2, 0.001] }],
    [{ metrics: "nsd" }, { scoring: { metrics: ["nsd"] } }],
  ])("takes %j at the limits", (words, found) => {
    expect(options(words)).toMatchObject(found)
  })

  it.each([
    [{ predictions: "" }, "--predictions names nothing"],
    [{ reference: "" }, "--reference names nothing"],
    [{ spacingMm: "1,0" }, "--spacing-mm does not say how far rows and columns lie apart"],
    [{ spacingMm: "-1,1" }, "--spacing-mm does not say how far rows and columns lie apart"],
    [{ spacingMm: "Infinity,1" }, "--spacing-mm does not say how far rows and columns lie apart"],
    [{ toleranceMm: "1 mm" }, "--tolerance-mm is not a distance"],
    [{ labels: "1,,2" }, "--labels are not whole numbers"],
    [{ labels: "1234567890123456" }, "--labels are not whole numbers"],
    [{ jobs: "-1" }, "--jobs is not a number of threads"],
  ])("refuses %j alone", async (words, message) => {
    const { kind, problems } = await refusal(() => options(words))
    expect([kind, problems.map((problem) => problem.message)]).toEqual(["usage", [message]])
  })

  it("hands on what needs no reading", () => {
    const words = { per: "slice", hd95: "contour", empty: "worst", agreement: "shape", json: true } as const
    const { scoring, ...rest } = options({ ...words, csv: "out.csv", predictions: "x", reference: "y" })
    expect(scoring).toMatchObject({ per: "slice", hd95: "contour", empty: "worst" })
    expect(rest).toMatchObject({
      agreement: "shape",
      json: true,
      csv: "out.csv",
      predictions: "x",
      reference: "y",
    })
  })
})
