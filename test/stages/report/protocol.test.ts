import { describe, expect, it } from "vitest"
import { type EmptyPolicy, metricNames } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { metricDefinitions } from "../../../src/stages/report/metricDefinitions.ts"
import { protocol } from "../../../src/stages/report/protocol.ts"
import type { ReportCell, ReportInput } from "../../../src/stages/reportInput.ts"
import { pageFacts } from "../../support/pageTable.ts"
import { cell, done, reportInput, scoresOf } from "../../support/reportInput.ts"

const scored = (name: string, empty: EmptyPolicy, surface = false): ReportCell => {
  const outcome = done(name, 0.9, { patients: 2 })
  if (outcome.tag !== "done") throw new Error("not done")
  const patients = outcome.scores.patients.map((one) =>
    surface ? { ...one, values: { ...one.values, hd: 9, assd: 1, nsd: 0.9 } } : one,
  )
  return cell(name, null, { ...outcome, scores: { ...scoresOf(patients), empty } })
}

const factsOf = (changes: Partial<ReportInput>, remark: readonly string[] = []) =>
  pageFacts(protocol(analyse(reportInput({ references: [], panels: [], ...changes })), remark).text)

describe("how the numbers were made", () => {
  it("says what each policy for empty masks is, of all that were used", () => {
    const skip =
      "policy “skip”: a slice where the expert's or the predicted mask is empty counts for no metric (the protocol of MicroSegNet)"
    const worst =
      "policy “worst”: two empty masks are perfect (1, 0 mm); one empty mask is worst (0, and the image's diagonal in mm)"
    const none =
      "policy “undefined”: two empty masks are undefined; one empty mask is 0 where 1 is best, and undefined for distances"
    const told = (...policies: readonly EmptyPolicy[]) =>
      factsOf({ cells: policies.map((policy, i) => scored(`m${i}`, policy)) })["Empty masks"]
    expect(told("skip")).toBe(`${skip}.`)
    expect(told("undefined")).toBe(`${none}.`)
    expect(told("worst", "skip")).toBe(`${worst}; ${skip}.`)
    expect(told()).toBe("nothing was scored")
  })

  it("says what was corrected together, and what may be bold", () => {
    const cells = [scored("a", "skip"), scored("b", "skip")]
    const tail =
      ", for each metric on its own; against references over all methods, for each reference and metric on its own. A difference counts as shown when the corrected p is below 0.05."
    const bold =
      "The best mean, where the corrected test shows it to be better than every other method with values."
    expect(factsOf({ cells })).toMatchObject({
      Correction: `Holm's rule over all pairs of methods${tail}`,
      Bold: bold,
    })
    expect(factsOf({ cells, baseline: "b" })).toMatchObject({
      Correction: `Holm's rule over all comparisons with the baseline b${tail}`,
      Bold: `${bold} Only comparisons with the baseline b are tested: of three or more methods no other can be bold.`,
    })
  })

  it("has every fact under its name, in order, and the author's remarks last", () => {
    const facts = factsOf({ cells: [scored("a", "skip")] }, ["Chosen by eye."])
    expect(Object.keys(facts)).toEqual([
      ...["Scored", "Dice", "HD95", "Empty masks", "Means", "Tests"],
      ...["Correction", "Bold", "Remark of the experiment's author"],
    ])
    expect(facts).toMatchObject({
      Scored: "The predicted mask against the expert's, slice by slice at native resolution.",
      Means:
        "Slices of a patient first, then runs of a method, then patients: each patient weighs the same. SD has n − 1 in its denominator.",
      Tests:
        "Paired by patient, on the mean over a method's runs; patients without both values are left out and counted. Two-sided Wilcoxon signed-rank test, exact (ties by mid-ranks, zero differences dropped); 95 % t interval of the mean difference.",
      "Remark of the experiment's author": "Chosen by eye.",
    })
  })
})

describe("metricDefinitions", () => {
  const definitionsOf = (cells: readonly ReportCell[], references: ReportInput["references"] = []) =>
    metricDefinitions(analyse(reportInput({ cells, references, panels: [], metrics: metricNames })))

  it("define the metrics of the report, in its order", () => {
    const definitions = definitionsOf([scored("a", "skip", true)])
    expect(definitions).toEqual([
      ["Dice", "2 |A ∩ B| / (|A| + |B|); 1 is best."],
      ["IoU", "|A ∩ B| / |A ∪ B|; 1 is best."],
      ["Precision", "share of the predicted mask that lies in the expert's; 1 is best."],
      ["Recall", "share of the expert's mask that was predicted; 1 is best."],
      ["HD", "largest distance from one border to the other, either way, in mm; 0 is best."],
      [
        "HD95",
        "convention “pooled” (as medpy): 95th percentile (linear interpolation) of the distances between the two borders, those of both directions pooled. Other programs take the larger of the two directions: such values do not compare. In mm; 0 is best.",
      ],
      ["ASSD", "mean distance between the borders, both directions pooled, in mm; 0 is best."],
      ["NSD", "share of the two contours' length that lies within 2 mm of the other contour; 1 is best."],
    ])
  })

  it("define a metric by all conventions and tolerances that there are", () => {
    const { outcome } = scored("r", "skip", true)
    if (outcome.tag !== "done") throw new Error("not done")
    const scores = { ...outcome.scores, hd95: "contour", toleranceMm: 1.5 } as const
    const definitions = Object.fromEntries(definitionsOf([scored("a", "skip")], [{ name: "r", scores }]))
    expect(definitions.NSD).toContain("within 2 and 1.5 mm of")
    expect(definitions.HD95).toMatch(
      /^convention “pooled” .* do not compare; convention “contour” \(as google-deepmind\/surface-distance\): the distance that 95 % of a contour's length keeps to the other contour, the larger of the two directions\. Other programs count border pixels: such values do not compare\. In mm; 0 is best\.$/,
    )
    const unscored = Object.fromEntries(definitionsOf([]))
    expect([unscored.HD95, unscored.NSD]).toEqual(["nothing was scored.", "nothing was scored."])
    const directed = { ...outcome.scores, hd95: "max-directed" } as const
    expect(Object.fromEntries(definitionsOf([], [{ name: "r", scores: directed }])).HD95).toBe(
      "convention “max-directed” (as MONAI): 95th percentile (linear interpolation) of the distances from one border to the other, the larger of the two directions. Other programs pool the directions: such values do not compare. In mm; 0 is best.",
    )
  })
})
