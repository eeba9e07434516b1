import { html, type Markup } from "../../figures/markup.ts"
import type { MetricName } from "../../metrics/scores.ts"
import type { Analysis } from "./analysis.ts"
import type { Column } from "./column.ts"
import { columnHeading } from "./heading.ts"
import { dash, decimalsOf, fixed, listed, metricName, metricTitle } from "./number.ts"
import { columnGroups, number, table } from "./table.ts"

/** Table 2d: every patient's value of every method and reference. */
export const patientTable = (analysis: Analysis): Markup => {
  const { metrics, columns, references, patients } = analysis
  const all = [...columns, ...references]
  const cells = (of: (column: Column, metric: MetricName) => string) =>
    metrics.map((metric) => all.map((column) => number(of(column, metric))))
  return table(
    "table-2d",
    html`<b>Table 2d.</b> ${listed(metrics.map((metric) => metricName[metric]))} per patient, mean over the patient's slices and over the runs of a method.`,
    html`${columnGroups(metrics.map(() => all.length))}<thead><tr><th scope="col" rowspan="2">Patient</th>${metrics.map(
      (metric) =>
        html`<th scope="colgroup" colspan="${all.length}" class="group">${metricTitle(metric)}</th>`,
    )}</tr>
<tr>${metrics.map(() => all.map((column) => html`<th scope="col" class="number">${columnHeading(analysis, column)}</th>`))}</tr></thead>
<tbody>${patients.map(
      (patient, i) =>
        html`<tr><th scope="row">${patient}</th>${cells(({ values }, metric) => fixed(values[metric][i], decimalsOf(metric)))}</tr>`,
    )}</tbody>
<tfoot>${(["mean", "sd", "median"] as const).map(
      (row) =>
        html`<tr><th scope="row">${row === "sd" ? "SD" : row}</th>${cells(({ summary }, metric) => fixed(summary[metric][row], decimalsOf(metric)))}</tr>`,
    )}
<tr><th scope="row">n</th>${cells(({ summary }, metric) => String(summary[metric].n))}</tr></tfoot>`,
    [html`${dash}: undefined for this patient, and in no mean.`],
  )
}
