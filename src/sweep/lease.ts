import { createHash, randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { link, readFile, rename, rm, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import { failure } from "../failure/failure.ts"
import { processAlive } from "../system/processAlive.ts"

interface Holder {
  readonly host: string
  readonly pid: number
  /** The process's start time in clock ticks since boot, so that a reused pid is not taken for the holder. */
  readonly startTicks: string | null
  readonly since: string
}

/** Field 22 of /proc/<pid>/stat; null where there is no such process (or no /proc). */
const startTicksOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!
  } catch {
    return null
  }
}

const isAlive = (holder: Holder): boolean => {
  if (holder.host !== hostname()) return true
  if (!processAlive(holder.pid)) return false
  return holder.startTicks === null || startTicksOf(holder.pid) === holder.startTicks
}

/** Undefined when a power cut left the file torn. */
const holderOf = (text: string): Holder | undefined => {
  try {
    return (JSON.parse(text) as Holder | null) ?? undefined
  } catch {
    return undefined
  }
}

/** Undefined when there is no such file. */
const textOf = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined
    throw error
  })

/** False when something stands there. A hard link appears whole or not at all: nobody reads half a lease. */
const linked = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false
      throw error
    },
  )

/** Puts one's own lease at a path, unless somebody alive has his there, who is returned.
 *  Of all who see a dead lease there, one may replace it: who gets the path that is named after it, which is taken in
 *  the same way. So there always is a lease at the path, and nobody ever takes a living one away. */
const take = async (own: string, path: string): Promise<Holder | undefined> => {
  if (await linked(own, path)) return undefined
  const text = await textOf(path)
  if (text === undefined) return take(own, path) // It was given back in between.
  const holder = holderOf(text)
  if (holder !== undefined && isAlive(holder)) return holder
  const right = `${path}.${createHash("sha256").update(text).digest("hex").slice(0, 16)}`
  const faster = await take(own, right)
  if (faster !== undefined) return faster
  if ((await textOf(path)) === text) {
    await rename(right, path)
    return undefined
  }
  await rm(right, { force: true }) // The dead lease was replaced before the right to do so was free again.
  return take(own, path)
}

/** One writer per run directory: takes `<folder>/.lease` or fails naming who holds it. A holder on this
 *  host that is dead is replaced. Returns what gives the lease back. */
export const takeLease = async (folder: string): Promise<() => Promise<void>> => {
  const file = join(folder, ".lease")
  const mine: Holder = {
    host: hostname(),
    pid: process.pid,
    startTicks: startTicksOf(process.pid),
    since: new Date().toISOString(),
  }
  const own = join(folder, `.lease.${randomUUID()}`)
  await writeFile(own, JSON.stringify(mine), { flush: true })
  const holder = await take(own, file).finally(() => rm(own, { force: true }))
  if (holder === undefined) return () => rm(file, { force: true })
  throw failure("environment", {
    file: folder,
    message: "another losslab is running in this directory",
    found: `process ${holder.pid} on ${holder.host}, since ${holder.since}`,
    fix:
      holder.host === hostname()
        ? "wait for it, stop it, or choose another directory with --out"
        : `wait for it, or choose another directory with --out; if that host is surely gone, delete ${file}`,
  })
}
