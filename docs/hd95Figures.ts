import { html, type Markup } from "../src/figures/markup.ts"
import { type Area, outline } from "../src/figures/outline.ts"
import { borderDistances } from "../src/metrics/borderDistances.ts"
import { jointCrop } from "../src/metrics/jointCrop.ts"
import type { Mask } from "../src/metrics/mask.ts"
import { type Hd95Convention, hd95Conventions } from "../src/metrics/scores.ts"
import { referenceDisc, wrongDiscs } from "../test/support/discs.ts"
import { measure } from "../test/support/measure.ts"

/** The four wrong masks, in the words of the page. */
export const discTitles: Readonly<Record<keyof typeof wrongDiscs, string>> = {
  moved: "moved and larger",
  bar: "a thin bar grown out",
  speck: "a speck far away",
  cut: "right part cut off",
}

const names = Object.keys(wrongDiscs) as (keyof typeof wrongDiscs)[]

/** A number with at most one decimal, as coordinates are written. */
const at = (value: number): string => String(Math.round(value * 10) / 10)

const colours: Readonly<Record<Hd95Convention, string>> = {
  pooled: "#4477aa",
  "max-directed": "#cc6677",
  contour: "#117733",
}

const picture = (width: number, height: number, title: string, content: Markup): string =>
  html`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${content}
</svg>
`.text

const area = ({ shape, data }: Mask): Area => ({ rows: shape[0]!, columns: shape[1]!, data })

/** The four masks, each with its HD95 by every convention as bars. */
const conventionsFigure = (): string => {
  const panel = 236
  const perPixel = 100 / 75 // the longest bar is the speck's
  const expert = outline(area(referenceDisc))
  return picture(
    4 * panel,
    330,
    "A disc, four masks that differ from it, and their HD95 by three conventions",
    html`${names.map((name, i) => {
      const bars = hd95Conventions.map((hd95, row) => {
        const value = measure("hd95", wrongDiscs[name], referenceDisc, [1, 1], { hd95 }) ?? 0
        const y = 262 + 22 * row
        return html`<text x="86" y="${y + 9}" text-anchor="end" fill="#333333">${hd95}</text><rect x="92" y="${y}" width="${at(Math.max(value * perPixel, 0.5))}" height="11" fill="${colours[hd95]}"/><text x="${at(97 + value * perPixel)}" y="${y + 10}" fill="#333333">${value.toFixed(2)}</text>
`
      })
      return html`<g transform="translate(${panel * i} 0)"><text x="6" y="16" font-weight="bold" fill="#333333">${discTitles[name]}</text>
<g transform="translate(6 24)"><rect width="224" height="224" fill="#f4f4f4"/><path d="${outline(area(wrongDiscs[name]))}" fill="#ddaa33" fill-opacity="0.45" fill-rule="evenodd" stroke="#aa7711"/><path d="${expert}" fill="none" stroke="#333333" stroke-dasharray="4 3"/></g>
${bars}</g>
`
    })}`,
  )
}

/** The largest tenth of the distances of the bar's mask: pooled, and from either border alone. */
const quantilesFigure = (): string => {
  const { there, back } = borderDistances(jointCrop(wrongDiscs.bar, referenceDisc, [1, 1])!)
  const curves = [
    { label: "from the mask with the bar", distances: [...there], colour: "#cc6677" },
    { label: "both ways pooled", distances: [...there, ...back], colour: "#4477aa" },
    { label: "from the disc", distances: [...back], colour: "#888888" },
  ]
  const [left, right, top, bottom] = [50, 420, 20, 220]
  const x = (share: number) => left + ((share - 0.85) / 0.15) * (right - left)
  const y = (pixels: number) => bottom - (pixels / 30) * (bottom - top)
  const path = (distances: readonly number[]) => {
    const sorted = distances.toSorted((a, b) => a - b)
    const points = sorted.map((distance, i) => [i / (sorted.length - 1), distance] as const)
    return points
      .filter(([share]) => share >= 0.85)
      .map(([share, distance], i) => `${i === 0 ? "M" : "L"}${at(x(share))} ${at(y(distance))}`)
      .join("")
  }
  return picture(
    640,
    262,
    "The largest distances between a disc and the same disc with a bar, by direction",
    html`${[0, 10, 20, 30].map(
      (
        pixels,
      ) => html`<path d="M${left} ${at(y(pixels))}H${right}" stroke="#dddddd"/><text x="${left - 6}" y="${at(y(pixels) + 4)}" text-anchor="end" fill="#333333">${pixels}</text>
`,
    )}${[0.85, 0.9, 0.95, 1].map(
      (
        share,
      ) => html`<text x="${at(x(share))}" y="${bottom + 16}" text-anchor="middle" fill="#333333">${Math.round(100 * share)} %</text>
`,
    )}<path d="M${at(x(0.95))} ${top}V${bottom}" stroke="#333333" stroke-dasharray="4 3"/>
<text x="${left}" y="12" fill="#333333">distance (pixels)</text><text x="${right}" y="${bottom + 34}" text-anchor="end" fill="#333333">share of the border pixels that are at most so far away</text>
${curves.map(
  (
    { label, distances, colour },
    i,
  ) => html`<path d="${path(distances)}" fill="none" stroke="${colour}" stroke-width="2"/><path d="M440 ${40 + 22 * i}h20" stroke="${colour}" stroke-width="2"/><text x="466" y="${44 + 22 * i}" fill="#333333">${label}</text>
`,
)}`,
  )
}

/** The figures of docs/explanation/hd95.md: file -> SVG. */
export const hd95Figures = (): Readonly<Record<string, string>> => ({
  "hd95-conventions.svg": conventionsFigure(),
  "hd95-quantiles.svg": quantilesFigure(),
})
