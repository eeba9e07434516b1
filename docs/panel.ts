import { axisOf, positionOn } from "../src/figures/axis.ts"
import { at } from "../src/figures/marker.ts"
import { html, type Markup } from "../src/figures/markup.ts"

type Point = readonly [x: number, y: number]

/** A line of a panel, or its dots. */
export interface Curve {
  readonly label: string
  readonly colour: string
  /** Stroke pattern, which tells curves apart without their colours; none: solid. */
  readonly dashes?: string
  /** Drawn as dots, not joined. */
  readonly dots?: boolean
  readonly points: readonly Point[]
}

export interface Panel {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly curves: readonly Curve[]
  /** Values that the axes reach at least, besides the curves'. */
  readonly reachX?: readonly number[]
  readonly reachY?: readonly number[]
}

export const panelWidth = 330
export const panelHeight = 250
const [left, right, top, bottom] = [52, 316, 44, 206]

const stroke = ({ colour, dashes }: Curve): Markup =>
  html`fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes ?? "none"}"`

/** A diagram of lines for a page of the documentation: unlike src/figures, it needs no style sheet. */
export const panel = ({ title, xLabel, yLabel, curves, reachX = [], reachY = [] }: Panel): Markup => {
  const points = curves.flatMap((curve) => curve.points)
  const xs = [...points.map(([x]) => x), ...reachX]
  const xAxis = { ...axisOf(xs), low: Math.min(...xs), high: Math.max(...xs) }
  const xTicks = xAxis.ticks.filter(({ value }) => value >= xAxis.low && value <= xAxis.high)
  const yAxis = axisOf([...points.map(([, y]) => y), ...reachY])
  const [x, y] = [positionOn(xAxis, left, right), positionOn(yAxis, bottom, top)]
  return html`<text x="6" y="16" font-weight="bold">${title}</text><text x="6" y="34">${yLabel}</text>
${yAxis.ticks.map(
  ({ value, label }) =>
    html`<path d="M${left} ${at(y(value))}H${right}" stroke="#dddddd"/><text x="${left - 6}" y="${at(y(value) + 4)}" text-anchor="end">${label}</text>
`,
)}${xTicks.map(
  ({ value, label }) =>
    html`<text x="${at(x(value))}" y="${bottom + 16}" text-anchor="middle">${label}</text>`,
)}
<text x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle">${xLabel}</text>
${curves.map((curve) =>
  curve.dots === true
    ? html`<g fill="${curve.colour}">${curve.points.map(([px, py]) => html`<circle cx="${at(x(px))}" cy="${at(y(py))}" r="2.5"/>`)}</g>
`
    : html`<path ${stroke(curve)} d="${curve.points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${at(x(px))} ${at(y(py))}`).join("")}"/>
`,
)}`
}

const legendRow = 20

/** The names of curves, one below the other. */
const legend = (curves: readonly Curve[]): Markup =>
  html`${curves.map((curve, i) => {
    const y = i * legendRow + 12
    const sign =
      curve.dots === true
        ? html`<circle cx="24" cy="${y - 4}" r="3" fill="${curve.colour}"/>`
        : html`<path ${stroke(curve)} d="M10 ${y - 4}h28"/>`
    return html`${sign}<text x="46" y="${y}">${curve.label}</text>
`
  })}`

/** Panels side by side above the names of their curves, each named once, as a whole SVG file. */
export const panels = (title: string, all: readonly Panel[]): string => {
  const named = [...new Map(all.flatMap(({ curves }) => curves.map((curve) => [curve.label, curve])))]
  const [width, height] = [panelWidth * all.length, panelHeight + named.length * legendRow + 6]
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#333333">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${all.map(
  (one, i) => html`<g transform="translate(${panelWidth * i} 0)">${panel(one)}</g>
`,
)}<g transform="translate(40 ${panelHeight})">${legend(named.map(([, curve]) => curve))}</g>
</svg>
`.text
}
