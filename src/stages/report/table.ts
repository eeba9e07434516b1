import { html, type Markup, type Part } from "../../figures/markup.ts"

/** A table with its caption, in a box that scrolls on its own when the page is narrow; the keyboard reaches it. */
export const table = (id: string, caption: Part, content: Markup, notes: readonly Part[] = []): Markup =>
  html`<div class="table"><div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">
<table><caption id="${id}"><span>${caption}</span></caption>
${content}
</table></div>${notes.length === 0 ? null : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}</div>`

/** A cell of a table that holds a number. */
export const number = (text: string): Markup => html`<td class="number">${text}</td>`

/** Groups of so many columns, after a first one of their own; a line sets them apart. */
export const columnGroups = (spans: readonly number[]): Markup =>
  html`<colgroup><col></colgroup>${spans.map((span) => html`<colgroup span="${span}"></colgroup>`)}`

/** A cell with a number that may be the winner's, and may have a mark that a note explains. */
export const markedNumber = (text: string, wins: boolean, mark: string | null): Markup =>
  html`<td class="number">${wins ? html`<strong>${text}</strong>` : text}${
    mark === null ? null : html`<sup>${mark}</sup>`
  }</td>`
