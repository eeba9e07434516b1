import { swatch } from "../../figures/marker.ts"
import { html, type Markup } from "../../figures/markup.ts"
import type { Analysis } from "./analysis.ts"
import type { Column } from "./column.ts"
import { type Method, stateOf } from "./methods.ts"

/** How many runs a method's numbers come from, when that is not all of one, and what became of the others. */
export const runsRemark = ({ cells, runs }: Method): string | null => {
  const others = cells.filter(({ outcome }) => outcome.tag !== "done").map(stateOf)
  const counts = [...new Set(others)].map(
    (state) => `${cells.length === 1 ? "" : `${others.filter((other) => other === state).length} `}${state}`,
  )
  if (runs.length === cells.length) return cells.length === 1 ? null : `mean of ${runs.length} runs`
  return [...(runs.length === 0 ? [] : [`mean of ${runs.length} of ${cells.length} runs`]), ...counts].join(
    ", ",
  )
}

/** The shortest piece of a name that may stand on a line of its own. */
const shortestPiece = 6

/** A name that may break where its words meet, as in camelCase, so that a narrow column need not break it elsewhere. */
export const breakable = (name: string): Markup => {
  const pieces: string[] = []
  for (const word of name.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[_=/.-])/)) {
    const last = pieces.at(-1)
    if (last !== undefined && last.length < shortestPiece) pieces[pieces.length - 1] = last + word
    else pieces.push(word)
  }
  return html`${pieces.map((piece, i) => (i === 0 ? piece : html`<wbr>${piece}`))}`
}

/** A method's mark, name and runs, for the head of a row or column. */
export const methodHeading = (method: Method, series: number): Markup => {
  const remark = runsRemark(method)
  return html`${swatch(series)}${breakable(method.name)}${remark === null ? null : html`<small>${remark}</small>`}`
}

/** The same for any column of scores. */
export const columnHeading = ({ methods }: Analysis, column: Column): Markup => {
  const series = methods.findIndex(({ name }) => column.kind === "method" && name === column.name)
  return series < 0 ? html`${swatch(null)}${breakable(column.name)}` : methodHeading(methods[series]!, series)
}
