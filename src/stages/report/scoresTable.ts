import { html, type Markup } from "../../figures/markup.ts"
import type { Analysis } from "./analysis.ts"
import { testedMetrics } from "./family.ts"
import { decimalsOf, fixed, metricTitle } from "./number.ts"

/** Table 2: values per patient, and means. */
export const scoresTable = ({ columns, references, patients }: Analysis): Markup => {
  const all = [...columns, ...references]
  return html`${testedMetrics.map(
    (metric) => html`<div class="scroll"><table>
<caption>Table 2: ${metricTitle[metric]} per patient</caption>
<thead><tr><th scope="col">Patient</th>${all.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${patients.map(
      (patient, i) =>
        html`<tr><th scope="row">${patient}</th>${all.map(({ values }) => html`<td>${fixed(values[metric][i], decimalsOf(metric))}</td>`)}</tr>`,
    )}</tbody>
<tfoot>${(["mean", "sd", "median"] as const).map(
      (row) =>
        html`<tr><th scope="row">${row}</th>${all.map(({ summary }) => html`<td>${fixed(summary[metric][row], decimalsOf(metric))}</td>`)}</tr>`,
    )}
<tr><th scope="row">n</th>${all.map(({ summary }) => html`<td>${summary[metric].n}</td>`)}</tr></tfoot>
</table></div>`,
  )}`
}
