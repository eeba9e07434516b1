import { randomBytes } from "node:crypto"
import { mkdir, open, readdir, rename, rm, statfs, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { dirname, join } from "node:path"
import { Failure, failure } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"
import { makeFolder } from "../../system/makeFolder.ts"
import { processAlive } from "../../system/processAlive.ts"
import { cacheDefect, cacheFolder, markerName, markerText } from "./cache.ts"
import { type Download, downloadWheel } from "./downloadWheel.ts"
import { unpackWheel } from "./unpackWheel.ts"
import { tensorflowWheel, type Wheel } from "./wheel.ts"

export interface InstallProgress {
  readonly phase: "downloading" | "unpacking"
  readonly bytes: number
  readonly total: number
}

export interface InstallOptions {
  readonly environment?: NodeJS.ProcessEnv
  readonly wheel?: Wheel
  /** How the wheel is fetched into a folder; pip by default. */
  readonly download?: (folder: string, onBytes: (bytes: number) => void) => Promise<Download>
  readonly onProgress?: (progress: InstallProgress) => void
}

export type Installed =
  | { readonly outcome: "installed" | "already there"; readonly folder: string }
  | { readonly outcome: "unavailable"; readonly reason: string }

/** Puts TensorFlow's two libraries into the per-user cache. Everything happens in a temporary folder beside the
 *  final one, which appears by one rename when it is complete; two installations at once each work in their own
 *  and the first to finish wins.
 *  @returns "unavailable" when there is no Python, no pip or no network: the slow engine then does the work
 *  Throws Failure("environment") on a wrong hash, a full disk or an unwritable cache. */
export const installTensorflow = async (options: InstallOptions = {}): Promise<Installed> => {
  const environment = options.environment ?? process.env
  const wheel = options.wheel ?? tensorflowWheel
  const folder = cacheFolder(environment, wheel)
  if (cacheDefect(folder, wheel) === null) return { outcome: "already there", folder }
  const report = options.onProgress ?? (() => {})
  const download = options.download ?? ((into, onBytes) => downloadWheel(wheel, into, onBytes, environment))
  try {
    const parent = dirname(folder)
    await makeFolder(parent)
    await sweep(parent)
    await assertSpace(parent, wheel)
    const temporary = join(parent, `${temporaryPrefix}${process.pid}-${randomBytes(4).toString("hex")}`)
    await mkdir(temporary)
    try {
      const downloads = join(temporary, "download")
      await mkdir(downloads)
      const result = await download(downloads, (bytes) =>
        report({ phase: "downloading", bytes: Math.min(bytes, wheel.bytes), total: wheel.bytes }),
      )
      if ("unavailable" in result) return { outcome: "unavailable", reason: result.unavailable }
      const complete = join(temporary, "complete")
      await mkdir(complete)
      const total = wheel.members.reduce((sum, member) => sum + member.bytes, 0)
      await unpackWheel(wheel, result.file, complete, (bytes) => report({ phase: "unpacking", bytes, total }))
      await writeFile(join(complete, markerName), markerText(wheel), { flush: true })
      await sync(complete)
      await publish(complete, folder, wheel, temporary)
      await sync(parent)
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  } catch (error) {
    throw environmentFailure(error, folder)
  }
  return { outcome: "installed", folder }
}

const temporaryPrefix = `.installing-${hostname()}-`

/** Moves the complete folder to its place. A folder that is already there is either another process's complete
 *  one, which stays, or a damaged one, which goes. */
const publish = async (complete: string, folder: string, wheel: Wheel, temporary: string): Promise<void> => {
  if (cacheDefect(folder, wheel) === null) return
  await rename(folder, join(temporary, "damaged")).catch(ignore("ENOENT"))
  await rename(complete, folder).catch(ignore("ENOTEMPTY", "EEXIST"))
}

const ignore =
  (...codes: readonly string[]) =>
  (error: NodeJS.ErrnoException): void => {
    if (!codes.includes(error.code ?? "")) throw error
  }

/** Removes what installations on this machine left behind when they were killed. */
const sweep = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(temporaryPrefix)) continue
    const pid = Number.parseInt(name.slice(temporaryPrefix.length), 10)
    if (!processAlive(pid)) await rm(join(parent, name), { recursive: true, force: true })
  }
}

const assertSpace = async (parent: string, wheel: Wheel): Promise<void> => {
  const needed = wheel.members.reduce((sum, member) => sum + member.bytes, wheel.bytes)
  const { bavail, bsize } = await statfs(parent)
  if (bavail * bsize >= needed) return
  throw failure("environment", {
    message: `there is not enough space for TensorFlow's library`,
    file: parent,
    expected: `${Math.ceil(needed / 1e6)} MB free`,
    found: `${Math.floor((bavail * bsize) / 1e6)} MB free`,
    fix: "free some space, or set XDG_CACHE_HOME to a folder on a larger disk",
  })
}

const sync = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r")
  await handle.sync().finally(() => handle.close())
}

const environmentFailure = (error: unknown, folder: string): Failure => {
  if (error instanceof Failure) return error
  const { code } = error as NodeJS.ErrnoException
  // Anything without a system error code is the archive's own: a wheel that cannot be read.
  return failure(
    "environment",
    {
      message: "TensorFlow's library cannot be installed",
      file: folder,
      found: reasonOf(error),
      fix:
        code === undefined
          ? "try again: the downloaded file cannot be read"
          : "free some space, or mend its permissions, or set XDG_CACHE_HOME to another folder",
    },
    error,
  )
}
