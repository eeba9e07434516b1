import { type Line, lineChart, type Point } from "../../figures/lineChart.ts"
import { html, type Markup } from "../../figures/markup.ts"
import type { Epoch } from "../training/history.ts"
import { curveOf } from "./curve.ts"
import { methodHeading } from "./heading.ts"
import { legend } from "./legend.ts"
import type { Method } from "./methods.ts"
import { counted, fixed, significant } from "./number.ts"

/** A method's mean over its runs and, behind it, each of several runs; null becomes a gap. */
const linesOf = (method: Method, series: number, of: (epoch: Epoch) => number | null): Line[] => {
  const average = curveOf(method, of).map(({ epoch, mean }): Point => [epoch, mean ?? Number.NaN])
  const single = method.runs.map(({ outcome }) =>
    outcome.history.epochs.map((epoch): Point => [epoch.epoch, of(epoch) ?? Number.NaN]),
  )
  return [
    ...(single.length < 2 ? [] : single.map((points): Line => ({ series, faint: true, points }))),
    { series, faint: false, points: average },
  ]
}

const ends = (lines: readonly Line[], shown: (value: number) => string): string => {
  const values = (lines.at(-1)?.points ?? []).map(([, y]) => y).filter(Number.isFinite)
  return values.length === 0 ? "no values" : `from ${shown(values[0]!)} to ${shown(values.at(-1)!)}`
}

/** Figure 1: each method's loss in a panel of its own, because scales do not compare. Nothing without a run. */
export const lossFigure = (methods: readonly Method[]): Markup | null =>
  methods.every(({ runs }) => runs.length === 0)
    ? null
    : html`<figure><figcaption><b>Figure 1.</b> Training loss by epoch. Each panel has its own scale.${runsRemark(methods)}</figcaption>
<div class="charts">${methods.map((method, i) => {
        if (method.runs.length === 0) return null
        const lines = linesOf(method, i, ({ loss }) => loss)
        return html`<div class="chart"><h3>${methodHeading(method, i)}</h3>${lineChart({
          id: `figure-loss-${i}`,
          title: `Training loss of ${method.name}`,
          description: `Mean training loss over ${counted(lines.at(-1)?.points.length ?? 0, "epoch")}, ${ends(lines, significant)}.`,
          xLabel: "epoch",
          yLabel: "loss",
          lines,
        })}</div>`
      })}</div></figure>`

const runsRemark = (methods: readonly Method[]): string =>
  methods.some(({ runs }) => runs.length > 1)
    ? " Thin lines are single runs, the line with marks is their mean."
    : ""

/** Figure 2: validation Dice of all methods on one axis. Nothing without validation patients. */
export const validationFigure = (methods: readonly Method[]): Markup | null => {
  const all = methods.map((method, i) => linesOf(method, i, ({ validationDice }) => validationDice))
  if (!all.flat().some(({ points }) => points.some(([, y]) => Number.isFinite(y)))) return null
  return html`<figure><figcaption><b>Figure 2.</b> Dice on the validation patients by epoch, at the training size; one axis for all.${runsRemark(methods)}</figcaption>
${legend(methods, false)}
<div class="charts"><div class="chart">${lineChart({
    id: "figure-validation",
    title: "Validation Dice by epoch",
    description: methods
      .map(({ name }, i) => `${name}: ${ends(all[i]!, (value) => fixed(value, 3))}`)
      .join("; "),
    xLabel: "epoch",
    yLabel: "Dice",
    // Single runs of many methods on one axis would hide the means.
    lines: all.flatMap((lines) => lines.filter(({ faint }) => !faint || methods.length <= 3)),
  })}</div></div></figure>`
}
