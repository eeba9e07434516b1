import { randomUUID } from "node:crypto"
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
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null
  } catch {
    return null
  }
}

const isAlive = (holder: Holder): boolean => {
  if (holder.host !== hostname()) return true
  if (!processAlive(holder.pid)) return false
  return holder.startTicks === null || startTicksOf(holder.pid) === holder.startTicks
}

const readHolder = async (file: string): Promise<Holder | undefined> => {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Holder
  } catch {
    return undefined
  }
}

/** Takes a dead holder's lease away. Of two that see it dead, one may get the other's new lease: it puts it back. */
const removeStale = async (file: string, dead: Holder | undefined): Promise<void> => {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return
    throw error
  }
  const removed = await readHolder(aside)
  if (JSON.stringify(removed) !== JSON.stringify(dead)) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
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
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      // A hard link appears whole or not at all, so nobody reads a half-written lease.
      const taken = await link(own, file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EEXIST") return false
          throw error
        },
      )
      if (taken) return () => rm(file, { force: true })
      const holder = await readHolder(file)
      if (holder !== undefined && isAlive(holder))
        throw failure("environment", {
          file: folder,
          message: "another losslab is running in this directory",
          found: `process ${holder.pid} on ${holder.host}, since ${holder.since}`,
          fix:
            holder.host === hostname()
              ? "wait for it, stop it, or choose another directory with --out"
              : `wait for it, or choose another directory with --out; if that host is surely gone, delete ${file}`,
        })
      await removeStale(file, holder)
    }
  } finally {
    await rm(own, { force: true })
  }
  throw failure("environment", {
    file,
    message: "the lease of this directory changes hands too fast",
    fix: "try again",
  })
}
