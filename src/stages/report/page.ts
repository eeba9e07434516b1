import { html, type Markup } from "../../figures/markup.ts"
import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { cellTable, originTable } from "./cellTables.ts"
import { comparisonTable, friedmanNote } from "./comparisonTable.ts"
import type { Finding } from "./finding.ts"
import { runsRemark } from "./heading.ts"
import { lossTable } from "./lossTable.ts"
import { counted, metricTitle } from "./number.ts"
import { overview } from "./overview.ts"
import { panelFigures } from "./panelFigures.ts"
import { patientTable } from "./patientTable.ts"
import { protocol } from "./protocol.ts"
import { scoresFigure } from "./scoresFigure.ts"
import { style } from "./style.ts"
import { summaryTable } from "./summaryTable.ts"
import { lossFigure, validationFigure } from "./trainingFigures.ts"

const findingList = (findings: readonly Finding[]): Markup =>
  html`<div class="findings">${(["shown", "open"] as const).map((kind) => {
    const own = findings.filter((finding) => finding.kind === kind)
    return html`<section class="${kind}"><h3>${kind === "shown" ? "Shown" : "Not shown, and limits"}</h3>${
      own.length === 0
        ? html`<p>${kind === "shown" ? "No difference was shown." : "Nothing to add."}</p>`
        : html`<ul>${own.map(({ text }) => html`<li>${text}</li>`)}</ul>`
    }</section>`
  })}</div>`

const comparisons = (analysis: Analysis): Markup => {
  const { metrics, methods, columns, between, withReferences, baseline } = analysis
  return html`${
    Object.values(between).every(({ comparisons }) => comparisons.length === 0)
      ? html`<p>Fewer than two methods finished: there is no pair to compare.</p>`
      : comparisonTable(
          "table-2b",
          html`<b>Table 2b.</b> Paired differences between methods, by patient, ${baseline === null ? "every pair" : html`each with the baseline ${baseline}`}.`,
          metrics.map((metric) => ({
            heading:
              baseline === null
                ? `${metricTitle(metric)}, first − second`
                : `${metricTitle(metric)}, minus ${baseline}`,
            common: baseline,
            metric,
            family: between[metric]!,
          })),
          [
            html`Wins: patients on which the first is better : patients on which what it is compared with is better.`,
            html`Holm p: corrected for the number of comparisons of the metric. The interval is not corrected.`,
            ...friedmanNote(analysis),
            ...methods
              .filter(({ runs }) => runs.length === 0)
              .map((method) => html`Not compared: ${method.name}, ${runsRemark(method)}.`),
          ],
        )
  }${
    withReferences.length === 0 || columns.every(({ runs }) => runs === 0)
      ? null
      : comparisonTable(
          "table-2c",
          html`<b>Table 2c.</b> Paired differences from the references, by patient; each reference and metric is corrected on its own.`,
          withReferences.flatMap(({ reference, families }) =>
            metrics.map((metric) => ({
              heading: `${metricTitle(metric)}, minus ${reference}`,
              common: reference,
              metric,
              family: families[metric]!,
            })),
          ),
          [html`Not being shown to differ from an annotator is not the same as being as good.`],
        )
  }`
}

/** The report as one HTML page. Its policy: nothing is loaded and nothing runs; pictures are in the page. */
export const page = (input: ReportInput, analysis: Analysis, findings: readonly Finding[]): string => {
  const done = input.cells.filter(({ outcome }) => outcome.tag === "done").length
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${input.title} – losslab</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="above">losslab report</p>
<h1>${input.title}</h1>
<p class="lede">${counted(analysis.methods.length, "method")}, ${done} of ${counted(input.cells.length, "cell")} done, ${counted(analysis.patients.length, "test patient")}.</p>
<nav aria-label="Contents"><a href="#findings">Findings</a><a href="#run">What was run</a><a href="#training">Training</a><a href="#scores">Scores</a><a href="#images">Images</a><a href="#method">Method</a><a href="#origin">Cells and environment</a></nav>
</header>
<main>
<section id="findings"><h2>What this shows, and what not</h2>
${findingList(findings)}</section>
<section id="run"><h2>What was run</h2>
${overview(input, analysis)}</section>
<section id="training"><h2>Training</h2>
${lossTable(analysis)}
${lossFigure(analysis.methods)}
${validationFigure(analysis.methods)}</section>
<section id="scores"><h2>Scores</h2>
${summaryTable(analysis)}
${scoresFigure(analysis)}
${comparisons(analysis)}
${patientTable(analysis)}</section>
<section id="images"><h2>Images</h2>
${input.panels.length === 0 ? html`<p>No slice to show: no prediction was scored.</p>` : panelFigures(input.panels)}</section>
<section id="method"><h2>How the numbers were made</h2>
${protocol(analysis, input.remark)}</section>
<section id="origin"><h2>Cells and environment</h2>
${cellTable(input)}
${originTable(input.cells)}
<h3>Environment</h3>
<dl class="facts">${Object.entries(input.environment).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<h3>Command</h3>
<pre>${input.command}</pre>
<h3>Experiment as given</h3>
<details><summary>YAML</summary><pre>${input.yaml}</pre></details>
<p class="files">The same numbers for programs: <code>table-loss.csv</code>, <code>table-scores.csv</code>, <code>statistics.json</code>.</p></section>
</main>
</body>
</html>
`.text
}
