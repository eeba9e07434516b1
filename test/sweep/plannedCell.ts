import type { Plan, PlannedCell } from "../../src/sweep/plan.ts"
import { smallResult } from "./cellFolder.ts"

/** A cell as far as running it goes: nothing here builds what its spec names. Cells share their data unless told
 *  otherwise. */
export const plannedCell = (
  label: string,
  { index = 0, data = "data", key = smallResult.key }: { index?: number; data?: string; key?: string } = {},
): PlannedCell => ({
  index,
  label,
  factors: { loss: label },
  blocks: [],
  method: label,
  folder: `cells/${label}`,
  keys: {
    load: data,
    references: `${data} references`,
    train: `${key} train`,
    evaluate: key,
    ingredients: {},
  },
  spec: {} as PlannedCell["spec"],
})

export const planOf = (cells: readonly PlannedCell[], store: string): Plan => ({
  format: 1,
  experiment: "tiny",
  command: "losslab run tiny.yaml",
  backend: "javascript",
  engine: "none",
  store,
  source: "made up",
  cells: cells.map((cell, index) => ({ ...cell, index })),
})
