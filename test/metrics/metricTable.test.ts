import { describe, expect, it } from "vitest"
import { csvColumn, isMetric, metricTable } from "../../src/metrics/metricTable.ts"
import { byMetric, defaultToleranceMm, hd95Conventions, metricNames } from "../../src/metrics/scores.ts"
import { smallerIsBetter } from "../../src/metrics/smallerIsBetter.ts"

describe("metricTable", () => {
  it("says what each metric is called and how its values are read, in the order of the tables", () => {
    const share = { kind: "share", decimals: 3 }
    const distance = { kind: "distance", decimals: 2 }
    expect(Object.entries(metricTable)).toEqual([
      ["dice", { title: "Dice", ...share }],
      ["iou", { title: "IoU", ...share }],
      ["precision", { title: "Precision", ...share }],
      ["recall", { title: "Recall", ...share }],
      ["hd", { title: "HD", ...distance }],
      ["hd95", { title: "HD95", ...distance }],
      ["assd", { title: "ASSD", ...distance }],
      ["nsd", { title: "NSD", ...share }],
    ])
    expect(Object.keys(metricTable)).toEqual(metricNames)
  })

  it("names the columns of files, distances with their unit", () => {
    expect(metricNames.map(csvColumn)).toEqual([
      ...["dice", "iou", "precision", "recall", "hd_mm", "hd95_mm", "assd_mm", "nsd"],
    ])
  })

  it("knows metrics from other names", () => {
    expect(metricNames.every(isMetric)).toBe(true)
    expect(["", "Dice", "hd95_mm", "toString", "constructor"].some(isMetric)).toBe(false)
  })
})

describe("smallerIsBetter", () => {
  it("is so of distances, and of no name that losslab does not know", () => {
    expect([...metricNames, "loss", "toString"].filter(smallerIsBetter)).toEqual(["hd", "hd95", "assd"])
  })
})

describe("scores", () => {
  it("have one value for each metric, in the order of the tables", () => {
    const values = byMetric((metric) => metric.length)
    expect(Object.keys(values)).toEqual(metricNames)
    expect(values).toMatchObject({ dice: 4, precision: 9, nsd: 3 })
  })

  it("take outlines for touching within 2 mm, and medpy's HD95 first, unless told otherwise", () => {
    expect(defaultToleranceMm).toBe(2)
    expect(hd95Conventions).toEqual(["pooled", "max-directed", "contour"])
  })
})
