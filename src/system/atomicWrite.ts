import { randomBytes } from "node:crypto"
import { open, rename, unlink } from "node:fs/promises"
import { dirname, join } from "node:path"
import { type Failure, failure } from "../failure/failure.ts"
import { reasonOf, systemError } from "../failure/systemError.ts"

/** Writes a file so that at any instant, a kill or a full disk included, the path holds what it held before or
 *  all of the new bytes: a temporary file in the same folder, fsync, rename, fsync of the folder.
 *  What a kill leaves behind is named `.losslab-<pid>-<random>.tmp`.
 *  Throws Failure("environment") when the folder is missing or unwritable or the disk is full. */
export const writeFileAtomic = async (path: string, content: Uint8Array | string): Promise<void> => {
  const folder = dirname(path)
  const temporary = join(folder, `.losslab-${process.pid}-${randomBytes(6).toString("hex")}.tmp`)
  try {
    const file = await open(temporary, "wx")
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(folder)
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw unwritable(path, error)
  }
}

/** Makes the rename itself durable. Windows cannot open folders, and does not need to. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const unwritable = (path: string, error: unknown): Failure => {
  const fix = systemError(error)?.fix
  return failure(
    "environment",
    {
      message: "the file cannot be written",
      file: path,
      found: reasonOf(error),
      ...(fix === undefined ? {} : { fix }),
    },
    error,
  )
}
