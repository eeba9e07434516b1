import { describe, expect, it } from "vitest"
import { evaluateText } from "../../../src/commands/evaluate/evaluateText.ts"
import type { DistanceUnit } from "../../../src/scoring/checkPairs.ts"
import type { CaseScore, ScoringOptions } from "../../../src/scoring/scorePair.ts"
import { summarizeCases } from "../../../src/scoring/summarizeCases.ts"
import { caseScore, maskScore, scoringOptions } from "./cases.ts"

const textOf = (
  cases: readonly CaseScore[],
  options: Partial<ScoringOptions> = {},
  unit: DistanceUnit = "mm",
) => evaluateText(cases, summarizeCases(cases), scoringOptions(options), unit)

/** The lines from the one that counts the masks on. */
const notesOf = (...args: Parameters<typeof textOf>): readonly string[] => {
  const lines = textOf(...args).split("\n")
  return lines.slice(lines.indexOf("", lines.indexOf("") + 1) + 1, -1)
}

const scored = caseScore("a", maskScore("scored", { dice: 0.5, hd: 3 }))

describe("evaluateText", () => {
  it("lists the cases with the metrics asked for, each with its decimals, and the summary below", () => {
    const cases = [
      caseScore("a", maskScore("scored", { hd: 1.234, dice: 0.5, nsd: 0.12345 })),
      caseScore("b", maskScore("scored", { hd: 3.234, dice: 0.7, nsd: 1 })),
      caseScore("long name", maskScore("falseAlarm", { dice: 0 })),
    ]
    // Dice: mean 1.2 / 3, sd sqrt((0.01 + 0.09 + 0.16) / 2); HD: mean 2.234, sd sqrt(2).
    expect(
      textOf(cases, { metrics: ["hd", "dice", "nsd"], empty: "undefined" })
        .split("\n")
        .slice(0, 9),
    ).toEqual([
      "case       HD (mm)   Dice    NSD  outcome",
      "a             1.23  0.500  0.123  scored",
      "b             3.23  0.700  1.000  scored",
      "long name        –  0.000      –  false alarm",
      "",
      "mean          2.23  0.400  0.562",
      "sd            1.41  0.361  0.620",
      "median        2.23  0.500  0.562",
      "n                2      3      2",
    ])
  })

  it("says how masks without a counterpart are counted, if there are any", () => {
    const others = (["missed", "missed", "falseAlarm", "bothEmpty"] as const).map((outcome) =>
      caseScore(outcome, maskScore(outcome)),
    )
    const counts = "5 cases: 2 missed, 1 false alarm, 1 with both masks empty"
    expect(notesOf([scored, ...others])).toEqual([`${counts}; these count for no mean (--empty skip)`])
    expect(notesOf([scored, ...others], { empty: "worst" })).toEqual([
      `${counts}; misses and false alarms count as 0 and as the image's diagonal, two empty masks as 1 and as a distance of 0 (--empty worst)`,
    ])
    expect(notesOf([scored, ...others], { empty: "undefined" })).toEqual([
      `${counts}; misses and false alarms count as 0 and for no distance, two empty masks for nothing (--empty undefined)`,
    ])
    expect(notesOf([scored])).toEqual(["1 case: 0 missed, 0 false alarms, 0 with both masks empty"])
  })

  it("names the HD95, the tolerance and the unit where they were used", () => {
    const metrics = ["hd95", "nsd"] as const
    for (const [hd95, tool] of [
      ["pooled", "pooled, as medpy"],
      ["max-directed", "max-directed, as MONAI"],
      ["contour", "contour, as surface-distance"],
    ] as const)
      expect(notesOf([scored], { metrics, hd95, toleranceMm: 0.25 }).slice(1)).toEqual([
        `HD95: ${tool}`,
        "NSD: within 0.25 mm",
      ])
    expect(notesOf([scored], { metrics: ["hd"] })).toHaveLength(1)
    expect(notesOf([scored], { metrics: ["hd", "nsd"] }, "pixels").slice(1)).toEqual([
      "NSD: within 2 pixels",
      "distances are in pixels: PNG images do not say theirs (--spacing-mm)",
    ])
    expect(textOf([scored], { metrics: ["hd"] }, "pixels")).toContain("HD (pixels)")
  })

  it("counts slices, of each case and of all, where these were scored", () => {
    const slices = (["scored", "missed", "falseAlarm", "falseAlarm"] as const).map((outcome) =>
      maskScore(outcome),
    )
    const cases = [
      caseScore("a", maskScore("scored", { dice: 0.5 }), slices),
      caseScore("b", maskScore("bothEmpty"), [maskScore("bothEmpty")]),
    ]
    const lines = textOf(cases, { per: "slice" }).split("\n")
    expect(lines.slice(0, 3)).toEqual([
      "case     Dice  slices  missed  false alarms  outcome",
      "a       0.500       4       1             2  scored",
      "b           –       1       0             0  both empty",
    ])
    expect(lines.slice(-3)).toEqual([
      "5 slices: 1 missed, 2 false alarms, 1 with both masks empty; these count for no mean (--empty skip)",
      "a case is the mean of its slices, where they are defined",
      "",
    ])
  })
})
