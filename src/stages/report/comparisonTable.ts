import { html, type Markup, type Part } from "../../figures/markup.ts"
import type { MetricName } from "../../metrics/scores.ts"
import { type Comparison, type Family, shownBetter } from "../../statistics/comparisonFamily.ts"
import type { Analysis } from "./analysis.ts"
import { breakable } from "./heading.ts"
import { counted, dash, decimalsOf, metricName, pInWords, pValue, signed } from "./number.ts"
import { number, table } from "./table.ts"

const columns = ["n", "mean difference", "95 % CI", "median difference", "wins", "Wilcoxon p", "Holm p"]

/** Comparisons that were corrected together, under one heading. */
export interface Group {
  readonly heading: Part
  /** What all are compared with, when that is one thing; the heading names it. */
  readonly common: string | null
  readonly metric: MetricName
  readonly family: Family
}

const verdict = ({ common }: Group, comparison: Comparison): Markup => {
  const side = shownBetter(comparison)
  if (side === null) return html`<td class="quiet">no difference shown</td>`
  if (common === null) return html`<td>${breakable(comparison[side])} better</td>`
  return html`<td>${side === "first" ? "better" : "worse"}</td>`
}

const row = (group: Group, comparison: Comparison): Markup => {
  const { first, second, dropped, result } = comparison
  const head = html`<th scope="row">${breakable(first)}${group.common === null ? html` − ${breakable(second)}` : null}</th>`
  if (result === null)
    return html`<tr>${head}${columns.map(() => number(dash))}<td class="quiet">fewer than two pairs</td></tr>`
  const decimals = decimalsOf(group.metric) + 1
  const [low, high] = result.confidenceInterval
  const numbers = [
    dropped === 0 ? String(result.n) : `${result.n} (${dropped} left out)`,
    signed(result.meanDifference, decimals),
    `${signed(low, decimals)} to ${signed(high, decimals)}`,
    signed(result.medianDifference, decimals),
    `${result.firstBetter} : ${result.secondBetter}`,
    pValue(result.wilcoxonP),
    pValue(result.holmP),
  ]
  return html`<tr>${head}${numbers.map(number)}${verdict(group, comparison)}</tr>`
}

/** Paired comparisons, group by group. */
export const comparisonTable = (
  id: string,
  caption: Part,
  groups: readonly Group[],
  notes: readonly Part[],
): Markup =>
  table(
    id,
    caption,
    html`<thead><tr><th scope="col">Compared</th>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}<th scope="col">Corrected test</th></tr></thead>
${groups.map(
  (group) =>
    html`<tbody><tr><th scope="rowgroup" colspan="${columns.length + 2}">${group.heading}: ${counted(
      group.family.comparisons.length,
      "comparison",
    )}</th></tr>${group.family.comparisons.map((comparison) => row(group, comparison))}</tbody>`,
)}`,
    notes,
  )

/** What Friedman's test says of all methods at once, where there are three or more. */
export const friedmanNote = ({ metrics, friedmanP }: Pick<Analysis, "metrics" | "friedmanP">): Part[] =>
  metrics.every((metric) => friedmanP[metric] === null)
    ? []
    : [
        html`Friedman's test of all methods doing equally well (chi-square approximation, not corrected): ${metrics
          .map((metric) => `${metricName[metric]} p ${pInWords(friedmanP[metric])}`)
          .join(", ")}.`,
      ]
