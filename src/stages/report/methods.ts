import type { CellOutcome, ReportCell } from "../reportInput.ts"

export type Done = Extract<CellOutcome, { readonly tag: "done" }>

/** A cell that finished. */
export interface Run {
  readonly cell: ReportCell
  readonly outcome: Done
}

/** What is compared: the cells that differ in nothing but block factors such as the seed. */
export interface Method {
  readonly name: string
  readonly cells: readonly ReportCell[]
  /** Those of the cells that finished. */
  readonly runs: readonly Run[]
}

/** Methods in the order of their first cells. */
export const methodsOf = (cells: readonly ReportCell[]): Method[] =>
  [...new Set(cells.map(({ method }) => method))].map((name) => {
    const own = cells.filter(({ method }) => method === name)
    return {
      name,
      cells: own,
      runs: own.flatMap((cell) => (cell.outcome.tag === "done" ? [{ cell, outcome: cell.outcome }] : [])),
    }
  })

/** What became of a cell, in words. */
export const stateOf = ({ outcome }: ReportCell): string => {
  switch (outcome.tag) {
    case "done":
      return "done"
    case "failed":
      return `failed (${outcome.kind})`
    case "interrupted":
      return "interrupted"
    case "notRun":
      return "not run"
  }
}
