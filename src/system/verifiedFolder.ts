import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises"
import { hostname } from "node:os"
import { dirname, join, relative, sep } from "node:path"
import { Failure, failure } from "../failure/failure.ts"
import { reasonOf } from "../failure/systemError.ts"
import { writeFileAtomic } from "./atomicWrite.ts"
import { makeFolder } from "./makeFolder.ts"
import { processAlive } from "./processAlive.ts"

/** What a finished folder holds: sha256 by path, with forward slashes. Written last. */
interface Manifest {
  readonly files: Readonly<Record<string, string>>
}

const manifestName = "manifest.json"

/** Followed by the process's id. */
const temporaryPrefix = `.making-${hostname()}-`

const digestsBelow = async (folder: string): Promise<Manifest["files"]> => {
  const items = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = items
    .filter((item) => item.isFile() && item.name !== manifestName)
    .map((item) => join(item.parentPath, item.name))
    .sort()
  const digests: Record<string, string> = {}
  for (const file of files)
    digests[relative(folder, file).split(sep).join("/")] = createHash("sha256")
      .update(await readFile(file))
      .digest("hex")
  return digests
}

/** Exactly the files of the manifest, each with its digest. */
const isIntact = async (folder: string): Promise<boolean> => {
  try {
    const { files } = JSON.parse(await readFile(join(folder, manifestName), "utf8")) as Manifest
    return JSON.stringify(files) === JSON.stringify(await digestsBelow(folder))
  } catch {
    return false
  }
}

/** Runs a file operation; when another process already did it, that is as good. */
const unless = async (codes: readonly string[], operation: Promise<void>): Promise<void> => {
  try {
    await operation
  } catch (error) {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? "")) throw error
  }
}

const unwritable = (folder: string, error: unknown): Failure =>
  error instanceof Failure
    ? error
    : failure(
        "environment",
        {
          message: "the folder cannot be made",
          file: folder,
          found: reasonOf(error),
          fix: "choose a folder that you may write to, on a disk with room",
        },
        error,
      )

/** Removes what processes of this machine left behind when they were killed. */
const sweep = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(temporaryPrefix)) continue
    if (!processAlive(Number.parseInt(name.slice(temporaryPrefix.length), 10)))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}

/** A folder of made files that is there whole or not at all. When it is there and every file matches the
 *  manifest, nothing is written. Otherwise `fill` writes into a temporary folder beside it, which is renamed into
 *  place; what was damaged is deleted, and what killed processes left. Processes that do this at once disturb nobody:
 *  the first rename wins.
 *  Throws Failure("environment") when the folder cannot be made. */
export const verifiedFolder = async (
  folder: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> => {
  if (await isIntact(folder)) return
  const parent = dirname(folder)
  const temporary = join(parent, `${temporaryPrefix}${process.pid}-${randomBytes(4).toString("hex")}`)
  const complete = join(temporary, "complete")
  try {
    await makeFolder(parent)
    await sweep(parent)
    await mkdir(temporary)
    await mkdir(complete)
    await fill(complete)
    const manifest: Manifest = { files: await digestsBelow(complete) }
    await writeFileAtomic(join(complete, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
    if (!(await isIntact(folder))) await unless(["ENOENT"], rename(folder, join(temporary, "damaged")))
    await unless(["ENOTEMPTY", "EEXIST", "EPERM"], rename(complete, folder))
  } catch (error) {
    throw unwritable(folder, error)
  } finally {
    // What stands in the way here has been told; what stays behind, the next process sweeps.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
  }
}
