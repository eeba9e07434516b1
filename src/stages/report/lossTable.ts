import { html, type Markup } from "../../figures/markup.ts"
import { mean } from "../../statistics/mean.ts"
import type { Analysis } from "./analysis.ts"
import { stateOf } from "./methods.ts"
import { significant } from "./number.ts"

/** Table 1: mean training loss by epoch and method. */
export const lossTable = ({ methods }: Analysis): Markup => {
  const epochs = Math.max(
    0,
    ...methods.flatMap(({ runs }) => runs.map(({ outcome }) => outcome.history.epochs.length)),
  )
  return html`<div class="scroll"><table>
<caption>Table 1: mean training loss by epoch. Values of different losses do not compare.</caption>
<thead><tr><th scope="col">Epoch</th>${methods.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${Array.from(
    { length: epochs },
    (_, i) =>
      html`<tr><th scope="row">${i + 1}</th>${methods.map(
        ({ runs }) =>
          html`<td>${significant(mean(runs.flatMap(({ outcome }) => outcome.history.epochs[i]?.loss ?? [])))}</td>`,
      )}</tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">State</th>${methods.map(({ cells }) => html`<td>${cells.map(stateOf).join(", ")}</td>`)}</tr></tfoot>
</table></div>`
}
