import { html, type Markup, type Part } from "../../figures/markup.ts"
import type { EmptyPolicy } from "../../metrics/scores.ts"
import type { Analysis } from "./analysis.ts"
import { metricDefinitions } from "./metricDefinitions.ts"

const policies: Readonly<Record<EmptyPolicy, string>> = {
  skip: "a slice where the expert's or the predicted mask is empty counts for no metric (the protocol of MicroSegNet)",
  worst: "two empty masks are perfect (1, 0 mm); one empty mask is worst (0, and the image's diagonal in mm)",
  undefined:
    "two empty masks are undefined; one empty mask is 0 where 1 is best, and undefined for distances",
}

/** How the numbers were made.
 *  @param remark of the experiment's author */
export const protocol = (analysis: Analysis, remark: readonly string[]): Markup => {
  const { policies: used, baseline } = analysis
  const facts: readonly (readonly [string, Part])[] = [
    ["Scored", "The predicted mask against the expert's, slice by slice at native resolution."],
    ...metricDefinitions(analysis),
    [
      "Empty masks",
      used.length === 0
        ? "nothing was scored"
        : html`${used.map((policy, i) => html`${i === 0 ? null : "; "}policy “${policy}”: ${policies[policy]}`)}.`,
    ],
    [
      "Means",
      "Slices of a patient first, then runs of a method, then patients: each patient weighs the same. SD has n − 1 in its denominator.",
    ],
    [
      "Tests",
      html`Paired by patient, on the mean over a method's runs; patients without both values are left out and counted. Two-sided Wilcoxon signed-rank test, exact (ties by mid-ranks, zero differences dropped); 95 % t interval of the mean difference.`,
    ],
    [
      "Correction",
      html`Holm's rule over ${baseline === null ? "all pairs of methods" : html`all comparisons with the baseline ${baseline}`}, for each metric on its own; against references over all methods, for each reference and metric on its own. A difference counts as shown when the corrected p is below 0.05.`,
    ],
    [
      "Bold",
      html`The best mean, where the corrected test shows it to be better than every other method with values. ${
        baseline === null
          ? null
          : html`Only comparisons with the baseline ${baseline} are tested: of three or more methods no other can be bold.`
      }`,
    ],
    ...remark.map((text) => ["Remark of the experiment's author", text] as const),
  ]
  return html`<dl class="facts">${facts.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`
}
