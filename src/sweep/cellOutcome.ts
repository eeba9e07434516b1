import type { CellOutcome } from "../stages/reportInput.ts"
import { cellIsWhole, readFailure, readResult } from "./cellFiles.ts"
import type { PlannedCell } from "./plan.ts"

/** What became of a cell, from the files in its folder and what the journal says.
 *  @param interrupted labels of the cells that the journal calls interrupted */
export const cellOutcome = async (
  folder: string,
  cell: PlannedCell,
  interrupted: ReadonlySet<string>,
): Promise<CellOutcome> => {
  const result = await readResult(folder)
  if (result?.key === cell.keys.evaluate && (await cellIsWhole(folder))) {
    const { history, scores, seconds, peakRssBytes } = result
    return { tag: "done", history, scores, seconds, peakRssBytes }
  }
  const failed = await readFailure(folder)
  if (failed !== undefined)
    return {
      tag: "failed",
      kind: failed.kind,
      message: failed.problems
        .map(({ file, message }) => (file ? `${file}: ${message}` : message))
        .join("; "),
    }
  return interrupted.has(cell.label) ? { tag: "interrupted" } : { tag: "notRun" }
}
