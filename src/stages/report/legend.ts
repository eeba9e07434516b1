import { swatch } from "../../figures/marker.ts"
import { html, type Markup } from "../../figures/markup.ts"
import type { Method } from "./methods.ts"

/** Marks and names of the methods, and of the references where the figure shows them. */
export const legend = (methods: readonly Method[], references: boolean): Markup =>
  html`<ul class="legend">${methods.map(({ name }, i) => html`<li>${swatch(i)}${name}</li>`)}${
    references ? html`<li>${swatch(null)}reference</li>` : null
  }</ul>`
