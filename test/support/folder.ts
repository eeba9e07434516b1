import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach } from "vitest"

/** Every test works in an empty folder of its own, so that messages show the paths as they were given.
 *  @returns writes a file, and the folders above it */
export const useFolder = (): ((file: string, content: string | Uint8Array) => string) => {
  const home = process.cwd()
  let folder = ""
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "losslab-"))
    process.chdir(folder)
  })
  afterEach(() => {
    process.chdir(home)
    rmSync(folder, { recursive: true })
  })
  return (file, content) => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return file
  }
}
