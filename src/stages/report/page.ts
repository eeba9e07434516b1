import { html } from "../../figures/markup.ts"
import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { lossTable } from "./lossTable.ts"
import { stateOf } from "./methods.ts"
import { scoresTable } from "./scoresTable.ts"

/** The report as one HTML page that loads nothing and runs nothing. */
export const page = (input: ReportInput, analysis: Analysis, findings: readonly string[]): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${input.title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}.scroll{overflow-x:auto}</style>
</head>
<body>
<main>
<h1>${input.title}</h1>
<h2>What this shows, and what not</h2>
<ul>${findings.map((finding) => html`<li>${finding}</li>`)}</ul>
<h2>Results</h2>
${lossTable(analysis)}
${scoresTable(analysis)}
<h2>Cells</h2>
<div class="scroll"><table><caption>Cells</caption>
<thead><tr><th scope="col">Cell</th><th scope="col">State</th><th scope="col">Folder</th><th scope="col">Command</th></tr></thead>
<tbody>${input.cells.map((cell) => html`<tr><th scope="row">${cell.label}</th><td>${stateOf(cell)}</td><td><code>${cell.folder}</code></td><td><code>${cell.command}</code></td></tr>`)}</tbody></table></div>
<h2>Environment</h2>
<p><code>${input.command}</code></p>
<dl>${Object.entries(input.environment).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</main>
</body>
</html>
`.text
