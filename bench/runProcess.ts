import { spawn } from "node:child_process"
import { once } from "node:events"
import { join, resolve } from "node:path"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { pythonPath } from "./peer.ts"

export const root = resolve(import.meta.dirname, "..")

/** Runs a program to its end; what it printed on stdout. Its stderr is shown when it fails: then it throws. */
export const outputOf = async (
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<string> => {
  const { cwd = root, environment = {} } = options
  const child = spawn(program, [...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const texts = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text
    })
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null]
  if (code === 0) return texts.stdout
  throw new Error(
    `${program} ${args.join(" ").slice(0, 200)} ended with ${signal ?? code}:\n${texts.stderr.slice(-2000)}`,
  )
}

/** What Node is started with to run TypeScript, from whatever folder: "tsx" alone is looked for in the current one. */
export const nodeOptions = process.execArgv.map((arg) => (arg === "tsx" ? import.meta.resolve("tsx") : arg))

/** A command of losslab in a folder, as its users run it. */
export const losslabOutput = (
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> =>
  outputOf(process.execPath, [...nodeOptions, join(root, "src", "main.ts"), ...args], { cwd, environment })

/** A TypeScript file of this checkout as its own process, as cells run: same loader, same environment. */
export const nodeOutput = (file: string, ...args: readonly string[]): Promise<string> =>
  outputOf(process.execPath, [...nodeOptions, join(root, file), ...args], {
    environment: selectEngine("tensorflow").environment,
  })

/** A script of bench/peer as its own process. */
export const pythonOutput = (script: string, ...args: readonly string[]): Promise<string> =>
  outputOf(pythonPath(), [join(root, "bench", "peer", script), ...args])
