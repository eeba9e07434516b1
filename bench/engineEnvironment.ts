import { spawnSync } from "node:child_process"
import type { Engine } from "../src/engine/engine.ts"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { startEngine } from "../src/engine/startEngine.ts"

const isSetUp = (environment: Readonly<Record<string, string>>): boolean =>
  Object.entries(environment).every(([name, value]) => process.env[name] === value)

/** Runs this process' command once more, in an environment. */
const again = (environment: Readonly<Record<string, string>>): void => {
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, ...environment },
    stdio: "inherit",
  })
  process.exitCode = status ?? 1
}

/** Starts TensorFlow as a cell has it: allocator and TensorFlow read the environment while they load, so that it must
 *  be there when the process starts. Null when it was not: then the command has run in a process of its own, and
 *  nothing is left to do. */
export const startCellEngine = async (): Promise<Engine | null> => {
  const selection = selectEngine("tensorflow")
  if (isSetUp(selection.environment)) return startEngine(selection)
  again(selection.environment)
  return null
}
