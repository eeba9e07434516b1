import { type Described, figure } from "./figure.ts"
import { at } from "./marker.ts"
import { html, type Markup } from "./markup.ts"

/** Where a slice's picture comes from: a PNG, given once, or one given in an earlier figure of the page. */
export type Picture =
  | { readonly kind: "png"; readonly base64: string; readonly id: string }
  | { readonly kind: "again"; readonly id: string }

export interface Overlay extends Described {
  readonly rows: number
  readonly columns: number
  readonly spacingMm: readonly [row: number, column: number]
  readonly picture: Picture
  /** Drawn in this order; the page styles the classes shade-disagreement, line-expert and line-prediction. */
  readonly layers: readonly {
    readonly kind: "shade-disagreement" | "line-expert" | "line-prediction"
    /** Path data in pixel-edge coordinates, from `outline`. */
    readonly path: string
  }[]
}

/** Length of the scale bar: the longest of these that takes less than a third of the width. */
const barsMm = [50, 20, 10, 5, 2, 1]

const scaleBar = (widthMm: number, heightMm: number): Markup | null => {
  const length = barsMm.find((mm) => mm < widthMm / 3)
  if (length === undefined) return null
  const unit = widthMm / 100
  const [x, y] = [at(3 * unit), at(heightMm - 4 * unit)]
  return html`<path class="scale-halo" d="M${x} ${y}h${length}"/><path class="scale" d="M${x} ${y}h${length}"/><text class="scale-text" x="${x}" y="${at(heightMm - 6 * unit)}" font-size="${at(4.5 * unit)}">${length} mm</text>`
}

/** A slice in millimetres with outlines over it: pixels that are not square are stretched to what they cover. */
export const overlay = (chart: Overlay): Markup => {
  const [rowMm, columnMm] = chart.spacingMm
  const widthMm = chart.columns * columnMm
  const heightMm = chart.rows * rowMm
  const { picture } = chart
  return figure(
    chart,
    widthMm,
    heightMm,
    html`${
      picture.kind === "png"
        ? html`<image id="${picture.id}" href="data:image/png;base64,${picture.base64}" width="${at(widthMm)}" height="${at(heightMm)}" preserveAspectRatio="none"/>`
        : html`<use href="#${picture.id}"/>`
    }<g transform="scale(${columnMm} ${rowMm})">${chart.layers.map(({ kind, path }) =>
      path === ""
        ? null
        : html`${kind === "shade-disagreement" ? null : html`<path class="halo" d="${path}"/>`}<path class="${kind}" fill-rule="evenodd" d="${path}"/>`,
    )}</g>${scaleBar(widthMm, heightMm)}`,
  )
}
