import { html, type Markup, type Part } from "../../figures/markup.ts"
import type { MetricName } from "../../metrics/scores.ts"
import { meanMaskName } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import type { Column } from "./column.ts"
import { gradientNormOf } from "./curve.ts"
import { columnHeading } from "./heading.ts"
import { counted, dash, decimalsOf, fixed, metricName, metricTitle, perRun, significant } from "./number.ts"
import { columnGroups, markedNumber, number, table } from "./table.ts"

/** What is missing in a column's means. */
const missingNotes = (columns: readonly Column[], metrics: readonly MetricName[]): Part[] =>
  columns.flatMap((column) => {
    const missing = metrics.flatMap((metric) => {
      const count = column.undefinedValues[metric]
      return count === 0 ? [] : [`${metricName[metric]} ${count}`]
    })
    return column.runs === 0 || missing.length === 0
      ? []
      : [html`${column.name}: values of patients that are undefined and in no mean: ${missing.join(", ")}.`]
  })

/** Stands beside a mean that is no better than the mean training mask's. */
const noBetterMark = "†"

/** What bold and the mark mean, and which best mean cannot be bold for want of tests. */
const markNotes = ({ metrics, winner, onlyWithBaseline, noBetterThanMask }: Analysis): Part[] => [
  html`Bold: the best mean, and only where the corrected paired test shows it to be better than every other method with values (Holm p &lt; 0.05). ${Object.values(winner).every((name) => name === null) ? "Here it allows none." : null}`,
  ...metrics.flatMap((metric) => {
    const best = onlyWithBaseline[metric]
    return best === null
      ? []
      : [
          html`${metricName[metric]}: ${best} has the best mean; tested against the baseline only, so not bold.`,
        ]
  }),
  ...(Object.values(noBetterThanMask).every((names) => names.length === 0)
    ? []
    : [html`${noBetterMark} No better than the ${meanMaskName}, which never looks at the image.`]),
]

/** Table 2a: what each method and each reference scores over all patients. */
export const summaryTable = (analysis: Analysis): Markup => {
  const { metrics, methods, columns, references, patients, winner, baseline, noBetterThanMask } = analysis
  const all = [...columns, ...references]
  const norm = (column: Column) => {
    const method = methods.find(({ name }) => column.kind === "method" && name === column.name)
    return method === undefined ? null : gradientNormOf(method)
  }
  const row = (column: Column) =>
    html`<tr><th scope="row">${columnHeading(analysis, column)}${
      column.kind === "method" && column.name === baseline ? html`<small>baseline</small>` : null
    }</th>${metrics.map((metric) => {
      const { n, mean, sd, median } = column.summary[metric]
      const decimals = decimalsOf(metric)
      const isMethod = column.kind === "method"
      const wins = isMethod && winner[metric] === column.name
      const mark = isMethod && noBetterThanMask[metric]!.includes(column.name) ? noBetterMark : null
      return html`${markedNumber(fixed(mean, decimals), wins, mark)}${number(fixed(sd, decimals))}${number(fixed(median, decimals))}${number(String(n))}`
    })}${number(perRun(column.missed))}${number(perRun(column.falseAlarms))}${number(significant(norm(column)))}</tr>`
  return table(
    "table-2a",
    html`<b>Table 2a.</b> Scores on ${counted(patients.length, "test patient")}: slices are averaged to a patient, patients to the mean. References are scored in the same way.`,
    html`${columnGroups([...metrics.map(() => 4), 2, 1])}<thead><tr><th scope="col" rowspan="2">Method</th>${metrics.map(
      (metric) => html`<th scope="colgroup" colspan="4" class="group">${metricTitle(metric)}</th>`,
    )}<th scope="colgroup" colspan="2" class="group">Slices per run</th><th scope="col" rowspan="2" class="number">Gradient norm at step 0</th></tr>
<tr>${metrics.map(
      () =>
        html`<th scope="col" class="number">mean</th><th scope="col" class="number">SD</th><th scope="col" class="number">median</th><th scope="col" class="number">n</th>`,
    )}<th scope="col" class="number">missed</th><th scope="col" class="number">false alarms</th></tr></thead>
<tbody>${columns.map(row)}</tbody>
${references.length === 0 ? null : html`<tbody class="reference"><tr><th scope="rowgroup" colspan="${4 * metrics.length + 4}">References</th></tr>${references.map(row)}</tbody>`}`,
    [
      html`n: patients with a value. Missed: the expert marked something and the prediction is empty. False alarm: the reverse.`,
      ...markNotes(analysis),
      ...missingNotes(all, metrics),
      html`${dash}: undefined, not zero.`,
    ],
  )
}
