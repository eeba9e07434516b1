import { html, type Markup, type Part } from "../../figures/markup.ts"
import type { ByTestedMetric } from "./analysis.ts"
import { type Comparison, type Family, shownBetter, type TestedMetric } from "./family.ts"
import { counted, dash, decimalsOf, pInWords, pValue, signed } from "./number.ts"
import { number, table } from "./table.ts"

const columns = ["n", "mean difference", "95 % CI", "median difference", "wins", "Wilcoxon p", "Holm p"]

const row = (metric: TestedMetric, comparison: Comparison): Markup => {
  const { first, second, dropped, result } = comparison
  const head = html`<th scope="row">${first} − ${second}</th>`
  if (result === null)
    return html`<tr>${head}${columns.map(() => number(dash))}<td>fewer than two pairs</td></tr>`
  const decimals = decimalsOf(metric) + 1
  const [low, high] = result.confidenceInterval
  const better = shownBetter(metric, comparison)
  return html`<tr>${head}${number(dropped === 0 ? String(result.n) : `${result.n} (${dropped} left out)`)}${number(
    signed(result.meanDifference, decimals),
  )}${number(`${signed(low, decimals)} to ${signed(high, decimals)}`)}${number(
    signed(result.medianDifference, decimals),
  )}${number(`${result.firstBetter} : ${result.secondBetter}`)}${number(pValue(result.wilcoxonP))}${number(
    pValue(result.holmP),
  )}${better === null ? html`<td class="quiet">no difference shown</td>` : html`<td>${better} better</td>`}</tr>`
}

/** Comparisons that were corrected together, under one heading. */
export interface Group {
  readonly heading: Part
  readonly metric: TestedMetric
  readonly family: Family
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
    html`<thead><tr><th scope="col">First − second</th>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}<th scope="col">Corrected test</th></tr></thead>
${groups.map(
  ({ heading, metric, family }) =>
    html`<tbody><tr><th scope="rowgroup" colspan="${columns.length + 2}">${heading}: ${counted(
      family.comparisons.length,
      "comparison",
    )}</th></tr>${family.comparisons.map((comparison) => row(metric, comparison))}</tbody>`,
)}`,
    notes,
  )

/** What Friedman's test says of all methods at once, where there are three or more. */
export const friedmanNote = (p: ByTestedMetric<number | null>): Part[] =>
  p.dice === null && p.hd95 === null
    ? []
    : [
        html`Friedman's test of all methods doing equally well (chi-square approximation, not corrected): Dice p ${pInWords(p.dice)}, HD95 p ${pInWords(p.hd95)}.`,
      ]
