import { html, type Markup } from "../../figures/markup.ts"
import type { MetricName } from "../../metrics/scores.ts"
import type { ReportCell, ReportInput } from "../reportInput.ts"
import { stateOf } from "./methods.ts"
import { dash, decimalsOf, duration, fixed, metricTitle } from "./number.ts"
import { number, table } from "./table.ts"

const gibibytes = (bytes: number): string => `${fixed(bytes / 2 ** 30, 1)} GiB`

const numbersOf = ({ outcome }: ReportCell, metrics: readonly MetricName[]): readonly string[] => {
  if (outcome.tag !== "done") return Array.from({ length: metrics.length + 6 }, () => dash)
  const { scores, history, seconds, peakRssBytes } = outcome
  return [
    ...metrics.map((metric) => fixed(scores.summary[metric].mean, decimalsOf(metric))),
    String(scores.missed),
    String(scores.falseAlarms),
    `${history.keptEpoch} of ${history.epochs.length}`,
    history.parameterCount.toLocaleString("en"),
    duration(seconds),
    gibibytes(peakRssBytes),
  ]
}

/** Table 3: every cell of the plan, and what became of it. */
export const cellTable = ({ cells, metrics }: ReportInput): Markup =>
  table(
    "table-3",
    html`<b>Table 3.</b> Every cell of the plan: one training and its evaluation.`,
    html`<thead><tr><th scope="col">Cell</th><th scope="col">State</th>${[
      ...metrics.map((metric) => `mean ${metricTitle(metric)}`),
      ...["missed", "false alarms", "kept epoch", "parameters", "time", "peak memory"],
    ].map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${cells.map(
      (cell) =>
        html`<tr><th scope="row">${cell.label}</th><td>${stateOf(cell)}${
          cell.outcome.tag === "failed" ? html`<small>${cell.outcome.message}</small>` : null
        }</td>${numbersOf(cell, metrics).map(number)}</tr>`,
    )}</tbody>`,
  )

/** Table 4: where the numbers of each cell lie, and how to make them again. */
export const originTable = (cells: readonly ReportCell[]): Markup =>
  table(
    "table-4",
    html`<b>Table 4.</b> Where every number comes from. Folders are in the run directory, and the commands are for there; each folder holds config.yaml, environment.json, loss.csv, scores.csv and the predictions.`,
    html`<thead><tr><th scope="col">Cell</th><th scope="col">Folder</th><th scope="col">Command that runs it alone</th><th scope="col">Loss</th></tr></thead>
<tbody>${cells.map(
      ({ label, folder, command, loss, key }) =>
        html`<tr><th scope="row">${label}<small>key ${key.slice(0, 12)}</small></th><td><code>${folder}</code></td><td><code>${command}</code></td><td><code>${loss}</code></td></tr>`,
    )}</tbody>`,
  )
