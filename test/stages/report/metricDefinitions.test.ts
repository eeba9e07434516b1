import { describe, expect, it } from "vitest"
import type { MetricName, Scores } from "../../../src/metrics/scores.ts"
import { report } from "../../../src/stages/report.ts"
import { cell, done, reportInput, scoresOf } from "../../support/reportInput.ts"

/** The page of a report of one cell whose scores were made so. */
const pageOf = (changes: Partial<Pick<Scores, "hd95" | "toleranceMm">>, surface: boolean): string => {
  const outcome = done("a", 0.9, { patients: 3 })
  if (outcome.tag !== "done") throw new Error("not done")
  const patients = outcome.scores.patients.map((one) =>
    surface ? { ...one, values: { ...one.values, hd: 12.5, assd: 1.25, nsd: 0.875 } } : one,
  )
  const scores = { ...scoresOf(patients), ...changes }
  const cells = [cell("a", null, { ...outcome, scores })]
  const metrics: readonly MetricName[] = surface ? ["hd", "assd", "nsd"] : ["dice", "hd95"]
  return report(reportInput({ cells, references: [], panels: [], metrics }))["index.html"]!
}

describe("the metrics of a report", () => {
  it("have a column and a definition when they were asked for", () => {
    const page = pageOf({ toleranceMm: 1.5 }, true)
    for (const heading of ["HD (mm)", "ASSD (mm)", "NSD"])
      expect(page).toContain(`<th scope="colgroup" colspan="4" class="group">${heading}</th>`)
    for (const value of ["12.50", "1.25", "0.875"]) expect(page).toContain(`<td class="number">${value}</td>`)
    expect(page).toContain("<dt>NSD</dt><dd>share of the two contours&#39; length that lies within 1.5 mm")
    const without = pageOf({}, false)
    for (const word of ["ASSD", "NSD", "HD (mm)"]) expect(without).not.toContain(word)
  })

  it.each([
    ["pooled", "as medpy"],
    ["max-directed", "as MONAI"],
    ["contour", "as google-deepmind/surface-distance"],
  ] as const)("name the HD95 convention %s and the tool that has it", (hd95, tool) => {
    expect(pageOf({ hd95 }, false)).toContain(`<dt>HD95</dt><dd>convention “${hd95}” (${tool})`)
  })
})
