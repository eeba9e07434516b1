import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { arch, cpus, platform, release, totalmem } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Engine } from "../engine/engine.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"

/** losslab's own version, from its package.json. */
export const losslabVersion = (): string => {
  const file = new URL("../../package.json", import.meta.url)
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version
}

/** The commit of the working directory, with "+changes" when files differ; null outside a repository. */
const gitCommit = async (): Promise<string | null> => {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args)).stdout.trim()
  try {
    const commit = await git("rev-parse", "HEAD")
    return (await git("status", "--porcelain", "--untracked-files=no")) === "" ? commit : `${commit}+changes`
  } catch {
    // No git, or no repository: an experiment folder need not be one.
    return null
  }
}

/** What a result depends on beside its inputs: name -> value, as the report shows it. */
export const environmentOf = async (
  engine: Engine,
  command: string,
): Promise<Readonly<Record<string, string>>> => {
  const [cpu] = cpus()
  return {
    command,
    losslab: losslabVersion(),
    commit: (await gitCommit()) ?? "not in a git repository",
    engine: `${engine.version} (${engine.name}, ${engine.threads} threads)`,
    node: process.version,
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: `${cpu?.model ?? "unknown"} x ${cpus().length}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    ...Object.fromEntries(engine.passedOver.map(({ name, reason }) => [`passed over: ${name}`, reason])),
  }
}

/** Writes environment.json into a cell's folder. */
export const describeEnvironment = async (folder: string, engine: Engine, command: string): Promise<void> => {
  const environment = await environmentOf(engine, command)
  await writeFileAtomic(join(folder, "environment.json"), `${JSON.stringify(environment, null, 2)}\n`)
}
