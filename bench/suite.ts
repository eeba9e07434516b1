import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { suiteNames } from "./benches.ts"
import { machineOf } from "./machine.ts"
import { nodeOptions, outputOf, root } from "./runProcess.ts"

interface SuiteArguments {
  readonly quick: boolean
  readonly file: string | null
}

const readArguments = (args: readonly string[]): SuiteArguments => {
  const at = args.indexOf("--json")
  const file = at < 0 ? null : args[at + 1]
  const known = args.every((arg, i) => arg === "--quick" || arg === "--json" || (at >= 0 && i === at + 1))
  if (!known || file === undefined || file?.startsWith("--"))
    throw new Error(`npm run bench -- [--quick] [--json FILE], or NAME [ARGUMENT...]`)
  return { quick: args.includes("--quick"), file }
}

/** Runs every benchmark that has a peer, one after the other, each in a process of its own, and prints its table. One
 *  that fails does not stop the others.
 *  npm run bench -- [--quick] [--json FILE]
 *  @param args --json writes what all of them measured to a file
 *  @returns whether all have run */
export const suite = async (args: readonly string[]): Promise<boolean> => {
  const { quick, file } = readArguments(args)
  const parts: Record<string, unknown> = {}
  const failed: string[] = []
  for (const name of suiteNames) {
    process.stderr.write(`${name} ...\n`)
    const start = performance.now()
    try {
      const main = [...nodeOptions, join(root, "bench", "main.ts"), name, "--json"]
      const printed = await outputOf(process.execPath, quick ? [...main, "--quick"] : main)
      const { table, ...result } = JSON.parse(printed) as { readonly table: string }
      const seconds = (performance.now() - start) / 1000
      process.stdout.write(`## ${name}\n\n${table}\n(${seconds.toFixed(0)} s)\n\n`)
      parts[name] = { seconds, ...result }
    } catch (error) {
      failed.push(name)
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  if (file !== null)
    await writeFile(file, `${JSON.stringify({ quick, machine: machineOf({}), parts }, null, 1)}\n`)
  return failed.length === 0
}
