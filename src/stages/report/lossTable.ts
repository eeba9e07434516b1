import { html, type Markup } from "../../figures/markup.ts"
import type { Analysis } from "./analysis.ts"
import { curveOf, gradientNormOf } from "./curve.ts"
import { methodHeading } from "./heading.ts"
import type { Method } from "./methods.ts"
import { dash, significant } from "./number.ts"
import { number, table } from "./table.ts"

/** Longer trainings show about this many epochs; all are in table-loss.csv. */
const maximalRows = 30

/** One-based epochs to show: all, or evenly chosen with the first and the last. */
const shownEpochs = (count: number): number[] =>
  count <= maximalRows
    ? Array.from({ length: count }, (_, i) => i + 1)
    : Array.from({ length: maximalRows }, (_, i) => 1 + Math.round((i * (count - 1)) / (maximalRows - 1)))

const keptEpochs = ({ runs }: Method): string => {
  const kept = [...new Set(runs.map(({ outcome }) => outcome.history.keptEpoch))]
  return kept.length === 0 ? dash : kept.join(", ")
}

/** Table 1: mean training loss by epoch and method. */
export const lossTable = ({ methods }: Analysis): Markup => {
  const curves = methods.map((method) => curveOf(method, ({ loss }) => loss))
  const epochs = Math.max(0, ...curves.flatMap((curve) => curve.map(({ epoch }) => epoch)))
  const lossIn = (method: number, epoch: number) =>
    curves[method]!.find((point) => point.epoch === epoch)?.mean
  return table(
    "table-1",
    html`<b>Table 1.</b> Training loss, mean over each epoch. Read down a column, never across: values of different losses do not compare.`,
    html`<thead><tr><th scope="col">Epoch</th>${methods.map(
      (method, i) => html`<th scope="col" class="number">${methodHeading(method, i)}</th>`,
    )}</tr></thead>
<tbody>${shownEpochs(epochs).map(
      (epoch) =>
        html`<tr><th scope="row">${epoch}</th>${methods.map((_, i) => number(significant(lossIn(i, epoch))))}</tr>`,
    )}</tbody>
<tfoot><tr><th scope="row">Kept epoch</th>${methods.map((method) => number(keptEpochs(method)))}</tr>
<tr><th scope="row">Gradient norm at step 0</th>${methods.map((method) => number(significant(gradientNormOf(method))))}</tr></tfoot>`,
    [
      html`Gradient norm: global norm before clipping, at the first step. With one learning rate for all, a loss with a larger gradient takes larger steps: the losses are confounded with their scale.`,
      ...(epochs > maximalRows ? [html`${maximalRows} of ${epochs} epochs; all are in table-loss.csv.`] : []),
      html`${dash}: no value, because the run did not get there or the number is not finite.`,
    ],
  )
}
