import { axisOf, positionOn } from "./axis.ts"
import { type Described, figure, shortened } from "./figure.ts"
import { at, marker, seriesClass } from "./marker.ts"
import { html, type Markup } from "./markup.ts"

/** One dot per case, with the mean and the median that the table shows. */
export interface Strip {
  readonly name: string
  /** null: a reference, drawn muted. */
  readonly series: number | null
  readonly dots: readonly { readonly name: string; readonly value: number; readonly label: string }[]
  readonly mean: number | null
  readonly median: number | null
  /** Said at the right end: "mean 0.940, n = 20". */
  readonly remark: string
}

export interface StripPlot extends Described {
  readonly xLabel: string
  readonly strips: readonly Strip[]
}

const width = 480
const left = 12
const right = 468
const lane = 50
const foot = 44

/** Height of a dot in its lane, in [-1, 1]: steps of the golden ratio spread neighbours apart, the same each time. */
const jitter = (i: number): number => 2 * ((i * 0.618034 + 0.5) % 1) - 1

/** Distributions on one axis, a lane each. */
export const stripPlot = (plot: StripPlot): Markup => {
  const height = plot.strips.length * lane + foot
  const axis = axisOf(plot.strips.flatMap(({ dots }) => dots.map(({ value }) => value)))
  const x = positionOn(axis, left + 10, right - 10)
  const bottom = plot.strips.length * lane + 4
  return figure(
    plot,
    width,
    height,
    html`${axis.ticks.map(
      ({ value, label }) =>
        html`<path class="grid" d="M${at(x(value))} 18V${bottom}"/><text class="tick" x="${at(x(value))}" y="${bottom + 16}" text-anchor="middle">${label}</text>`,
    )}
<text class="label" x="${(left + right) / 2}" y="${height - 6}" text-anchor="middle">${plot.xLabel}</text>
${plot.strips.map((strip, i) => {
  const middle = i * lane + 33
  return html`<g class="${seriesClass(strip.series)}"><text class="name over" x="${left}" y="${middle - 19}">${shortened(strip.name, 32)}</text><text class="tick over" x="${right}" y="${middle - 19}" text-anchor="end">${strip.remark}</text>
<g class="dots">${strip.dots.map(
    ({ name, value, label }, j) =>
      html`<g><title>${name}: ${label}</title>${marker(strip.series, x(value), middle + 7 * jitter(j), 3)}</g>`,
  )}</g>${
    strip.median === null
      ? null
      : html`<path class="median" d="M${at(x(strip.median))} ${middle - 12}V${middle + 12}"/>`
  }${
    strip.mean === null
      ? null
      : html`<path class="mean" d="M${at(x(strip.mean))} ${middle - 12}V${middle + 12}"/>`
  }</g>`
})}`,
  )
}
