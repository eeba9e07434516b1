import { html, type Markup } from "./markup.ts"

const shapes = 6

/** Class that gives an element its series' colour as currentColor; the page defines series-0 to series-5 and
 *  series-none, the muted one of references. */
export const seriesClass = (series: number | null): string =>
  series === null ? "series-none" : `series-${series % shapes}`

/** Line pattern of a series: solid, dashed, dotted, ...; with the marker's shape it tells series apart without colour. */
export const dashes = (series: number | null): string =>
  series === null ? "1 3" : ["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 2"][series % shapes]!

const polygon = (x: number, y: number, points: readonly (readonly [number, number])[]): Markup =>
  html`<polygon points="${points.map(([dx, dy]) => `${at(x + dx)},${at(y + dy)}`).join(" ")}"/>`

/** A coordinate with at most two decimals. */
export const at = (value: number): string => String(Math.round(value * 100) / 100)

/** The mark of a series: circle, square, triangle, diamond, inverted triangle, bar; a ring for references. */
export const marker = (series: number | null, x: number, y: number, r: number): Markup => {
  if (series === null) return html`<circle class="ring" cx="${at(x)}" cy="${at(y)}" r="${at(r * 0.85)}"/>`
  switch (series % shapes) {
    case 0:
      return html`<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}"/>`
    case 1:
      return html`<rect x="${at(x - r * 0.9)}" y="${at(y - r * 0.9)}" width="${at(r * 1.8)}" height="${at(r * 1.8)}"/>`
    case 2:
      return polygon(x, y, [
        [0, -1.25 * r],
        [1.15 * r, 0.85 * r],
        [-1.15 * r, 0.85 * r],
      ])
    case 3:
      return polygon(x, y, [
        [0, -1.3 * r],
        [1.3 * r, 0],
        [0, 1.3 * r],
        [-1.3 * r, 0],
      ])
    case 4:
      return polygon(x, y, [
        [0, 1.25 * r],
        [1.15 * r, -0.85 * r],
        [-1.15 * r, -0.85 * r],
      ])
    default:
      return html`<rect x="${at(x - r * 0.5)}" y="${at(y - r * 1.25)}" width="${at(r)}" height="${at(r * 2.5)}"/>`
  }
}

/** A mark on its own, to stand beside a name in text. */
export const swatch = (series: number | null): Markup =>
  html`<svg class="swatch ${seriesClass(series)}" viewBox="0 0 12 12" aria-hidden="true">${marker(series, 6, 6, 4)}</svg>`
