import { type LoadedExperiment, loadExperiment } from "../config/experiment/loadExperiment.ts"
import type { Backend } from "../engine/engine.ts"
import { type Selection, selectEngine } from "../engine/selectEngine.ts"
import { Failure } from "../failure/failure.ts"
import { makePlan } from "../sweep/makePlan.ts"
import type { Plan } from "../sweep/plan.ts"
import { shellQuoted } from "./shellQuoted.ts"

export interface Prepared {
  readonly experiment: LoadedExperiment
  readonly plan: Plan
  readonly selection: Selection
}

/** The command that the report shows: what was asked for, in a form that can be pasted. */
const commandLine = (verb: string, file: string, sets: readonly string[], extra: readonly string[]): string =>
  ["losslab", verb, file, ...sets.flatMap((set) => ["--set", set]), ...extra].map(shellQuoted).join(" ")

/** From the YAML file to a plan with keys. Throws Failure with every problem of the file at once.
 *  @param extra further words of the command, for the record */
export const prepare = async (options: {
  readonly file: string
  readonly sets: readonly string[]
  readonly backend: Backend
  readonly extra: readonly string[]
}): Promise<Prepared> => {
  const loaded = loadExperiment(options.file, options.sets)
  if (loaded._tag === "Left") throw new Failure("config", loaded.left)
  const experiment = loaded.right
  const selection = selectEngine(options.backend)
  const plan = await makePlan({
    experiment: experiment.name,
    cells: experiment.cells,
    command: commandLine("run", options.file, options.sets, options.extra),
    backend: options.backend,
    engine: selection.identity,
    store: process.env.LOSSLAB_STORE ?? ".losslab/store",
  })
  return { experiment, plan, selection }
}
