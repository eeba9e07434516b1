import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises"
import { join, relative, sep } from "node:path"
import { Failure, failure } from "../../failure/failure.ts"
import { writeFileAtomic } from "../atomicWrite.ts"

/** What a finished folder holds: sha256 by path, with forward slashes. Written last. */
interface Manifest {
  readonly files: Readonly<Record<string, string>>
}

const manifestName = "manifest.json"

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
          found: (error as Error).message,
          fix: "choose a folder that you may write to, on a disk with room",
        },
        error,
      )

/** A folder of made files that is there whole or not at all. When it is there and every file matches the
 *  manifest, nothing is written. Otherwise `fill` writes into a temporary folder beside it, which is renamed into
 *  place; what was damaged is deleted. Processes that do this at once disturb nobody: the first rename wins.
 *  Throws Failure("environment") when the folder cannot be made. */
export const verifiedFolder = async (
  folder: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> => {
  if (await isIntact(folder)) return
  const beside = (word: string) => `${folder}.${word}-${process.pid}-${randomBytes(4).toString("hex")}`
  const temporary = beside("tmp")
  const damaged = beside("damaged")
  try {
    await mkdir(temporary, { recursive: true })
    await fill(temporary)
    const manifest: Manifest = { files: await digestsBelow(temporary) }
    await writeFileAtomic(join(temporary, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
    if (!(await isIntact(folder))) await unless(["ENOENT"], rename(folder, damaged))
    await unless(["ENOTEMPTY", "EEXIST", "EPERM"], rename(temporary, folder))
  } catch (error) {
    throw unwritable(folder, error)
  } finally {
    await rm(temporary, { recursive: true, force: true })
    await rm(damaged, { recursive: true, force: true })
  }
}
