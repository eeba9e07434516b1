import { axisOf, positionOn } from "./axis.ts"
import { type Described, figure } from "./figure.ts"
import { at, dashes, marker, seriesClass } from "./marker.ts"
import { html, type Markup } from "./markup.ts"

export type Point = readonly [x: number, y: number]

export interface Line {
  /** Number of the series, which gives colour, line pattern and mark. */
  readonly series: number
  /** Drawn faint and without marks: a single run behind the mean of its method. */
  readonly faint: boolean
  /** Points that are not finite leave a gap. */
  readonly points: readonly Point[]
}

export interface LineChart extends Described {
  readonly xLabel: string
  readonly yLabel: string
  readonly lines: readonly Line[]
}

const width = 300
const height = 200
const left = 44
const right = 296
const top = 26
const bottom = 160
/** With more points than this on a line, only its last one is marked. */
const markedPoints = 20

const isDrawn = ([x, y]: Point): boolean => Number.isFinite(x) && Number.isFinite(y)

const pathOf = (
  points: readonly Point[],
  x: (value: number) => number,
  y: (value: number) => number,
): string =>
  points
    .map((point, i) => {
      if (!isDrawn(point)) return ""
      const before = points[i - 1]
      return `${before !== undefined && isDrawn(before) ? "L" : "M"}${at(x(point[0]))} ${at(y(point[1]))}`
    })
    .join("")

/** Values over epochs. */
export const lineChart = (chart: LineChart): Markup => {
  const points = chart.lines.flatMap((line) => line.points.filter(isDrawn))
  const xAxis = axisOf(points.map(([x]) => x))
  const yAxis = axisOf(points.map(([, y]) => y))
  const xs = points.map(([x]) => x)
  const bounds = { ...xAxis, low: Math.min(...xs), high: Math.max(...xs) }
  const only = bounds.low === bounds.high
  const x = only ? () => (left + right) / 2 : positionOn(bounds, left + 8, right - 8)
  const y = positionOn(yAxis, bottom, top)
  const xTicks = only
    ? [{ value: bounds.low, label: String(bounds.low) }]
    : xAxis.ticks
        .map(({ value }) => ({ value, label: String(value) })) // of whole numbers, without decimals
        .filter(({ value }) => Number.isInteger(value) && value >= bounds.low && value <= bounds.high)
  return figure(
    chart,
    width,
    height,
    points.length === 0
      ? html`<text class="label" x="${width / 2}" y="${height / 2}" text-anchor="middle">no values</text>`
      : html`<text class="label" x="4" y="12">${chart.yLabel}</text>
${yAxis.ticks.map(
  ({ value, label }) =>
    html`<path class="grid" d="M${left} ${at(y(value))}H${right}"/><text class="tick" x="${left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${label}</text>`,
)}
${xTicks.map(
  ({ value, label }) =>
    html`<text class="tick" x="${at(x(value))}" y="${bottom + 18}" text-anchor="middle">${label}</text>`,
)}
<text class="label" x="${(left + right) / 2}" y="${height - 6}" text-anchor="middle">${chart.xLabel}</text>
${chart.lines.map((line) => {
  const drawn = line.points.filter(isDrawn)
  const marked = drawn.length <= markedPoints ? drawn : drawn.slice(-1)
  return html`<g class="${seriesClass(line.series)}${line.faint ? " faint" : ""}"><path class="line" stroke-dasharray="${dashes(line.series)}" d="${pathOf(line.points, x, y)}"/>${
    line.faint ? null : marked.map(([px, py]) => marker(line.series, x(px), y(py), 3.2))
  }</g>`
})}`,
  )
}
