import { readdirSync } from "node:fs"
import { join } from "node:path"

/** Folders of src/ that are rooms of their own inside another. */
const inner = [
  ...["config/catalog", "config/experiment", "config/language", "config/yaml"],
  ...["data/dataset", "data/files", "data/nifti", "data/phantom", "data/png", "data/sources"],
  ...["engine/tensorflow", "stages/report", "stages/training"],
]

/** The room of a source file: the folder by which faults are counted. */
export const roomOf = (file: string): string => {
  const path = file.replace(/^src\//, "")
  return (
    inner.find((room) => path.startsWith(`${room}/`)) ?? (path.includes("/") ? path.split("/")[0]! : "main")
  )
}

/** Where a room's tests are beside its mirror: what a loss claims stands in the catalogue, and is checked with the laws. */
const elsewhere: Readonly<Record<string, readonly string[]>> = { "config/catalog": ["test/laws"] }

/** The beginnings of the paths of a room's tests. */
export const testsOfRoom = (room: string): readonly string[] => [`test/${room}`, ...(elsewhere[room] ?? [])]

/** The files of src/, from the repository's root, in their order. */
export const sourceFiles = (root: string): readonly string[] =>
  readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `src/${name}`)
    .sort()
