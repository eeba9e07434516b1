import { Cause, Effect, Exit } from "effect"
import { prepare } from "../../src/commands/prepare.ts"
import { selectEngine } from "../../src/engine/selectEngine.ts"
import { startEngine } from "../../src/engine/startEngine.ts"
import { type CellRun, runCell, runLoading } from "../../src/pipeline/cell.ts"
import { buildParts } from "../../src/pipeline/parts.ts"

/** What `losslab run` does with the first cell of an experiment, though in this process: up to its data, or to
 *  its scores. */
export const firstCell = (file: string, until: "data" | "scores") => async (): Promise<void> => {
  const { plan } = await prepare({ file, sets: [], backend: "javascript", extra: [] })
  const { spec, keys } = plan.cells[0]!
  const run: CellRun = { spec, parts: await buildParts(spec), keys, store: plan.store, emit: () => undefined }
  if (until === "scores") await startEngine(selectEngine("javascript"))
  const exit = await Effect.runPromiseExit(until === "data" ? runLoading(run) : Effect.asVoid(runCell(run)))
  if (Exit.isFailure(exit)) throw Cause.squash(exit.cause)
}
