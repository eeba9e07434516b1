import { html, type Markup, type Part } from "../../figures/markup.ts"
import type { ByTestedMetric } from "./analysis.ts"
import { type Comparison, type Family, shownBetter, type TestedMetric, testedMetrics } from "./family.ts"
import { counted, dash, decimalsOf, metricTitle, pValue, signed } from "./number.ts"
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
  )}<td>${better === null ? "no difference shown" : html`<strong>${better} better</strong>`}</td></tr>`
}

/** Paired comparisons of both metrics. */
export const comparisonTable = (
  id: string,
  caption: Part,
  families: ByTestedMetric<Family>,
  notes: readonly Part[],
): Markup =>
  table(
    id,
    caption,
    html`<thead><tr><th scope="col">First − second</th>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}<th scope="col">Corrected test</th></tr></thead>
${testedMetrics.map(
  (metric) =>
    html`<tbody><tr><th scope="rowgroup" colspan="${columns.length + 2}">${metricTitle(metric)}, ${counted(
      families[metric].comparisons.length,
      "comparison",
    )}</th></tr>${families[metric].comparisons.map((comparison) => row(metric, comparison))}</tbody>`,
)}`,
    notes,
  )

const inWords = (p: number | null): string => (pValue(p).startsWith("<") ? pValue(p) : `= ${pValue(p)}`)

/** What Friedman's test says of all methods at once, where there are three or more. */
export const friedmanNote = (p: ByTestedMetric<number | null>): Part[] =>
  p.dice === null && p.hd95 === null
    ? []
    : [
        html`Friedman's test of all methods doing equally well (chi-square approximation, not corrected): Dice p ${inWords(p.dice)}, HD95 p ${inWords(p.hd95)}.`,
      ]
