import { describe, expect, it } from "vitest"
import { evaluateCsv } from "../../../src/commands/evaluate/evaluateCsv.ts"
import { caseScore, maskScore } from "./cases.ts"

describe("evaluateCsv", () => {
  it("has a row for each case with the metrics asked for, in their order and in full precision", () => {
    const cases = [
      caseScore("a", maskScore("scored", { hd: 1 / 3, dice: 2 / 3, iou: 0.5 })),
      caseScore("b", maskScore("missed")),
    ]
    expect(evaluateCsv(cases, ["hd", "dice"], "mm")).toBe(
      "case,hd_mm,dice,outcome\na,0.3333333333333333,0.6666666666666666,scored\nb,,,missed\n",
    )
  })

  it("names distances by their unit, and nothing else", () => {
    const cases = [caseScore("a", maskScore("scored"))]
    expect(evaluateCsv(cases, ["hd", "hd95", "assd", "nsd"], "pixels").split("\n")[0]).toBe(
      "case,hd_pixels,hd95_pixels,assd_pixels,nsd,outcome",
    )
  })

  it("counts the slices of each case where these were scored", () => {
    const slices = (["scored", "missed", "missed", "falseAlarm", "bothEmpty"] as const).map((outcome) =>
      maskScore(outcome),
    )
    expect(evaluateCsv([caseScore("a", maskScore("scored", { dice: 1 }), slices)], ["dice"], "mm")).toBe(
      "case,dice,outcome,slices,missed_slices,false_alarm_slices\na,1,scored,5,2,1\n",
    )
  })
})
