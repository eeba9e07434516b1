import type { Backend, Engine } from "../engine/engine.ts"
import { fallbackWarning, selectEngine } from "../engine/selectEngine.ts"
import { startEngine } from "../engine/startEngine.ts"

/** Starts the engine that was asked for in this process; says on stderr when that is the slow fallback.
 *  Throws Failure("environment") when there is none. */
export const startChosenEngine = async (backend: Backend): Promise<Engine> => {
  const selection = selectEngine(backend)
  const warning = fallbackWarning(selection)
  if (warning !== null) process.stderr.write(`${warning}\n`)
  return startEngine(selection)
}
