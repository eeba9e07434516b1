import { html, type Markup } from "../../figures/markup.ts"
import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { counted } from "./number.ts"
import { table } from "./table.ts"

/** What was run, on which data. */
export const overview = (input: ReportInput, { methods, baseline }: Analysis): Markup => {
  const { dataset, cells } = input
  const splits = ["train", "validation", "test"] as const
  const repeats = [...new Set(cells.flatMap(({ blocks }) => blocks))]
  const severalCases = splits.some((split) => dataset.cases[split] !== dataset.patients[split])
  const units = severalCases ? (["patients", "cases", "slices"] as const) : (["patients", "slices"] as const)
  const facts: readonly (readonly [string, Markup])[] = [
    ["Experiment", html`${input.experiment}`],
    ["Command", html`<code>${input.command}</code>`],
    [
      "Data",
      html`${dataset.description}${
        dataset.remarks.length === 0
          ? null
          : html`<ul>${dataset.remarks.map((remark) => html`<li>${remark}</li>`)}</ul>`
      }`,
    ],
    [
      "Training size",
      html`${dataset.size[0]} × ${dataset.size[1]} pixels (rows × columns); scored at native resolution`,
    ],
    [
      "Compared",
      html`${counted(methods.length, "method")} in ${counted(cells.length, "cell")}${
        repeats.length === 0 ? null : html`, repeated over ${repeats.join(", ")}`
      }${baseline === null ? null : html`; baseline ${baseline}`}`,
    ],
  ]
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${table(
  "table-data",
  "Patients and slices by split; patients are split, never slices.",
  html`<thead><tr><th scope="col"></th>${splits.map((split) => html`<th scope="col" class="number">${split}</th>`)}</tr></thead>
<tbody>${units.map(
    (unit) =>
      html`<tr><th scope="row">${unit}</th>${splits.map((split) => html`<td class="number">${dataset[unit][split]}</td>`)}</tr>`,
  )}</tbody>`,
)}`
}
