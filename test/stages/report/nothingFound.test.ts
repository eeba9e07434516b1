import { describe, expect, it } from "vitest"
import { byMetric, type Outcome } from "../../../src/metrics/scores.ts"
import type { ReportCell, ReportInput } from "../../../src/stages/reportInput.ts"
import { cell, reference, scoresOf } from "../../support/reportInput.ts"
import { methods, scoredFrom, told } from "./toldFindings.ts"

describe("findingsOf, of methods that found nothing", () => {
  it("says that a method found nothing, though it has no values that could be worse", () => {
    const [first, second] = methods([0.9, 0.91])
    if (second?.outcome.tag !== "done") throw new Error("not done")
    const values = byMetric(() => null)
    const patients = second.outcome.scores.patients.map((p) => ({ ...p, values, scored: 0, missed: 3 }))
    const other = { ...second, outcome: { ...second.outcome, scores: scoresOf(patients) } }
    expect(told({ cells: [first!, other] }).shown).toContain(
      "“m1” found nothing on any of the 60 test slices",
    )
    expect(told({ cells: [first!, second] }).shown).not.toContain("found nothing")

    const references = [reference("mean training mask", 0.5)]
    const { shown } = told({ cells: [first!, { ...first!, label: "m2", method: "m2" }, other], references })
    expect(shown).toContain("better: every method with a score")
  })

  it("says that a method found nothing by what became of its slices, whatever was measured", () => {
    const { outcome } = scoredFrom("a", {})
    if (outcome.tag !== "done") throw new Error("not done")
    const withOutcomes = (outcomes: readonly Outcome[], dice: number | null, hd95: number | null) => {
      const slices = outcome.scores.slices.map((slice, i) => ({
        ...slice,
        outcome: outcomes[i % outcomes.length]!,
      }))
      const missed = outcomes.includes("missed") ? 3 : 0
      const values = { ...byMetric(() => null), dice, hd95 }
      const patients = outcome.scores.patients.map((one) => ({ ...one, missed, values }))
      return cell("a", null, { ...outcome, scores: scoresOf(patients, slices) })
    }
    const told60 = "“a” found nothing on any of the 60 test slices that show something"
    const shownOf = (one: ReportCell, metrics: ReportInput["metrics"] = ["dice", "hd95"]) =>
      told({ cells: [one], metrics }).shown
    // Nothing was asked for that this method has, but it found 1 of 2.
    expect(shownOf(withOutcomes(["scored", "missed"], 0.5, 1), ["iou", "nsd"])).toBe("")
    expect(shownOf(withOutcomes(["missed", "falseAlarm"], null, null))).toBe(
      `${told60}: it has no score, and so is in no comparison.`,
    )
    // The policy undefined: a miss is 0, its distance undefined.
    expect(shownOf(withOutcomes(["missed", "bothEmpty"], 0, null))).toBe(
      `${told60}: it has no HD95, and so is in no comparison of it.`,
    )
    // The policy worst.
    expect(shownOf(withOutcomes(["missed"], 0, 60))).toBe(`${told60}.`)
  })

  it("does not say that a method found nothing where nothing was to be found, or a reference found nothing", () => {
    const empty = { values: byMetric(() => null), scored: 0 }
    expect(told({ cells: [scoredFrom("a", { ...empty, missed: 2 })] }).shown).toBe(
      "“a” found nothing on any of the 40 test slices that show something: it has no score, and so is in no comparison.",
    )
    expect(told({ cells: [scoredFrom("a", { ...empty, missed: 0 })] }).shown).toBe("")
    expect(told({ cells: [scoredFrom("a", { missed: 2 })] }).shown).toBe("")
    const { outcome } = scoredFrom("r", { ...empty, missed: 2 })
    if (outcome.tag !== "done") throw new Error("not done")
    const references = [{ name: "r", scores: outcome.scores }]
    expect(told({ cells: methods([0.9]), references }).shown).not.toContain("found nothing")
    expect(told({ cells: [cell("a", null, { tag: "notRun" })] }).shown).toBe("")
  })
})
