import { html, type Markup } from "../../figures/markup.ts"
import { stripPlot } from "../../figures/stripPlot.ts"
import { smallerIsBetter } from "../../metrics/smallerIsBetter.ts"
import type { Analysis } from "./analysis.ts"
import { decimalsOf, fixed, metricName, metricTitle, unitOf } from "./number.ts"

/** Figure 3: one dot per patient for each metric, methods and references. */
export const scoresFigure = ({ metrics, columns, references, patients }: Analysis): Markup =>
  html`<figure><figcaption><b>Figure 3.</b> One mark per patient. Solid line: mean. Dashed line: median. Rings: references. Height within a lane only keeps marks apart.</figcaption>
<div class="charts two">${metrics.map((metric) => {
    const all = [...columns, ...references]
    const worth = smallerIsBetter(metric) ? "smaller is better" : "larger is better"
    return html`<div class="chart"><h3>${metricTitle(metric)}, ${worth}</h3>${stripPlot({
      id: `figure-${metric}`,
      title: `${metricName[metric]} of every patient`,
      description: all
        .map(({ name, summary }) => {
          const { mean, median, n } = summary[metric]
          return `${name}: mean ${fixed(mean, decimalsOf(metric))}${unitOf(metric)}, median ${fixed(median, decimalsOf(metric))}, n = ${n}`
        })
        .join("; "),
      xLabel: metricTitle(metric),
      strips: all.map((column, i) => {
        const { mean, median, n } = column.summary[metric]
        return {
          name: column.name,
          series: i < columns.length ? i : null,
          dots: patients.flatMap((name, patient) => {
            const value = column.values[metric][patient]
            return value === null
              ? []
              : [{ name, value, label: `${fixed(value, decimalsOf(metric))}${unitOf(metric)}` }]
          }),
          mean,
          median,
          remark: n === 0 ? "no value" : `mean ${fixed(mean, decimalsOf(metric))}, n = ${n}`,
        }
      }),
    })}</div>`
  })}</div></figure>`
