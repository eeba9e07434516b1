import { stat } from "node:fs/promises"
import { failure } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"

/** Size in bytes of a plain file, or of what a link to one names; opening a pipe or a device could wait for ever.
 *  Throws Failure("data") when it is not there or is something else. */
export const plainFileSize = async (file: string): Promise<number> => {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw failure(
      "data",
      error.code === "ENOENT"
        ? { message: "there is no such file", file, fix: "check the path" }
        : {
            message: "the file cannot be read",
            file,
            found: reasonOf(error),
            fix: "name a file that you may read",
          },
      error,
    )
  })
  if (!found.isFile())
    throw failure("data", {
      message: "the file cannot be read",
      file,
      found: found.isDirectory() ? "it is a folder" : "it is not a plain file",
      fix: "name a file that you may read",
    })
  return found.size
}

/** Whether there is a file or folder, or a link to one, at a path. */
export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
