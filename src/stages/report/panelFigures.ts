import { encode } from "fast-png"
import { html, type Markup } from "../../figures/markup.ts"
import { type Area, disagreement, outline } from "../../figures/outline.ts"
import { type Overlay, overlay, type Picture } from "../../figures/overlay.ts"
import { metricTable } from "../../metrics/metricTable.ts"
import type { MetricName } from "../../metrics/scores.ts"
import type { Panel } from "../reportInput.ts"
import { decimalsOf, fixed, listed, metricName, unitOf } from "./number.ts"

const titles = { best: "Best case", median: "Median case", worst: "Worst case" } as const

const base64Png = ({ rows, columns, data }: Panel["image"]): string =>
  Buffer.from(encode({ width: columns, height: rows, data, channels: 1, depth: 8 })).toString("base64")

const scoreInWords = (metric: MetricName, value: number | null): string =>
  `${metricName[metric]} ${value === null ? "undefined" : `${fixed(value, decimalsOf(metric))}${unitOf(metric)}`}`

/** A slice with the expert and the annotators, then once per prediction. */
const panelFigure = (panel: Panel, index: number): Markup => {
  const { rows, columns, spacingMm, case: name, slice, which, metric } = panel
  const id = `slice-${index}`
  const area = (data: Uint8Array): Area => ({ rows, columns, data })
  const expert = { kind: "line-expert", path: outline(area(panel.expert)) } as const
  const tile = (
    suffix: string,
    title: string,
    description: string,
    picture: Picture,
    layers: Overlay["layers"],
    caption: Markup,
  ) =>
    html`<div class="tile">${overlay({ id: `${id}-${suffix}`, title, description, rows, columns, spacingMm, picture, layers })}<p>${caption}</p></div>`
  const where = `slice ${slice} of ${name}`
  const masks = panel.annotators.map(({ mask }) => area(mask))
  return html`<section class="case"><h3>${titles[which]}: ${name}, slice ${slice}</h3>
<div class="tiles">${tile(
    "human",
    `Expert and annotators, ${where}`,
    masks.length === 0
      ? "Outline of the expert."
      : `Outline of the expert, and shaded where the expert and ${listed(panel.annotators.map(({ name }) => name))} do not all agree.`,
    { kind: "png", base64: base64Png(panel.image), id },
    [
      ...(masks.length === 0
        ? []
        : [
            {
              kind: "shade-disagreement",
              path: outline(disagreement([area(panel.expert), ...masks])),
            } as const,
          ]),
      expert,
    ],
    html`<b>expert</b>${masks.length === 0 ? null : ` against ${listed(panel.annotators.map(({ name }) => name))}`}`,
  )}${panel.predictions.map(({ label, mask, value }, i) =>
    tile(
      `prediction-${i}`,
      `Prediction of ${label}, ${where}`,
      `Outlines of the expert and of the prediction; ${scoreInWords(metric, value)}.`,
      { kind: "again", id },
      [expert, { kind: "line-prediction", path: outline(area(mask)) }],
      html`<b>${label}</b> ${scoreInWords(metric, value)}`,
    ),
  )}</div></section>`
}

const key = (kind: string, label: string): Markup =>
  html`<li><svg class="key" viewBox="0 0 28 12" aria-hidden="true"><rect class="key-ground" width="28" height="12" rx="2"/><path class="${kind}" d="${kind === "shade-disagreement" ? "M3 2H25V10H3Z" : "M3 6H25"}"/></svg>${label}</li>`

/** Figure 4: slices to look at, at least one, each with the expert, the annotators and every prediction. */
export const panelFigures = (panels: readonly Panel[]): Markup =>
  html`<figure><figcaption><b>Figure 4.</b> The slices with the best, the median and the worst ${metricName[panels[0]!.metric]}, averaged over the cells shown, a miss counting as ${metricTable[panels[0]!.metric].kind === "distance" ? "the slice's diagonal" : "0"}. Slices count from 0. The image is as the network saw it, stretched to its true size; outlines are at native resolution.</figcaption>
<ul class="legend">${key("line-expert", "expert")}${key("line-prediction", "prediction")}${
    panels.some(({ annotators }) => annotators.length > 0)
      ? key("shade-disagreement", "expert and annotators disagree")
      : null
  }</ul>
${panels.map(panelFigure)}</figure>`
