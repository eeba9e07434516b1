import { mkdir, stat } from "node:fs/promises"
import { dirname } from "node:path"

/** Makes a folder and those above it. Throws the system's error.
 *  Node 20's own recursive mkdir never returns below /proc, where it meets ENOENT for ever; so a folder that a
 *  person names is made by this. */
export const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return
    if (code !== "ENOENT" || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder).catch((again: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (again.code !== "EEXIST") throw again
    })
  }
}
