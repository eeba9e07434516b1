import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Problem } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"
import { volumeEnding } from "../files/readVolume.ts"

/** What the name of a file must look like up to its ending: "{case}_mask", with the case's name once. */
export type NamePattern = string

export interface NamedFile {
  /** As the file's name has it, in Unicode's composed form. */
  readonly name: string
  readonly file: string
}

/** A folder, and what the names in it look like. */
export interface Place {
  readonly folder: string
  readonly pattern: NamePattern
  /** What messages call it: "load.source.images". */
  readonly path: string
  /** What to do when no name fits, given a pattern that might. */
  readonly renaming: (pattern: NamePattern) => string
}

/** The images or masks of a folder. */
export interface NamedFiles extends Place {
  /** By what `keyOf` makes of the case's name, in the order of the names. */
  readonly files: ReadonlyMap<string, NamedFile>
  /** What else lies there, files with other names among it; hidden files and folders aside. */
  readonly others: readonly string[]
}

/** Names that a person or a file system could take for one another have one key. */
export const keyOf = (name: string): string => name.normalize("NFC").toLowerCase()

/** Up to three of many, for a message. */
export const someOf = (names: readonly string[], most = 3): string =>
  [...names.slice(0, most), ...(names.length > most ? [`... (${names.length} in all)`] : [])].join(", ")

/** Endings of images of other kinds, and of ours in capitals. */
const foreign = /\.(nii(\.gz)?|png|hdr|img|mha|mhd|nrrd|dcm|jpe?g|tiff?|bmp|gif|webp|npy|npz|mat)(\.gz)?$/i

/** Finds the files of a folder whose names fit a pattern. Files of kinds that losslab does not read, and names that
 *  cannot be told apart, are problems. */
export const namedFiles = async (place: Place, problems: Problem[]): Promise<NamedFiles> => {
  const { folder, pattern, path, renaming } = place
  const report = (problem: Omit<Problem, "file" | "path">) =>
    problems.push({ file: folder, path, ...problem })
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    report(
      error.code === "ENOENT"
        ? { message: "there is no such folder", fix: "check the path" }
        : {
            message: "the folder cannot be read",
            found: reasonOf(error),
            fix: "name a folder that you may read",
          },
    )
    return null
  })
  if (entries === null) return { ...place, files: new Map(), others: [] }
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort()
  const unread = names.filter((name) => foreign.test(name) && volumeEnding(name) === undefined)
  if (unread.length > 0)
    report({
      message: "the folder holds images of a kind that losslab does not read",
      expected: "names that end in .nii, .nii.gz or .png, in small letters",
      found: someOf(unread),
      fix: "convert or rename them, or move them to another folder",
    })
  const unclear = names.filter((name) => /[\p{Cc}\u{fffd}]/u.test(name))
  if (unclear.length > 0)
    report({
      message: "the folder holds names with characters that cannot be shown",
      found: someOf(unclear),
      fix: "rename these files",
    })
  const files = new Map<string, NamedFile>()
  const others: string[] = []
  for (const name of names) {
    const found = caseIn(name, pattern)
    if (found === undefined) {
      if (!unread.includes(name)) others.push(name)
      continue
    }
    const key = keyOf(found)
    const twin = files.get(key)
    if (twin === undefined) files.set(key, { name: found, file: join(folder, name) })
    else
      report({
        message: `two files are of the case ${found}`,
        found: `${name} and ${twin.file}`,
        fix: "keep one, or rename one: names that differ only in their ending or in capital letters are of one case",
      })
  }
  if (names.length === 0)
    report({ message: "the folder holds no files", fix: "name the folder that holds them" })
  else if (files.size === 0 && unread.length === 0)
    report({
      message: "no file of the folder has a name that fits",
      expected: `names such as ${pattern.replace("{case}", "P01")}.nii.gz`,
      found: someOf(names),
      fix: renaming("{case}_mask"),
    })
  return { ...place, files, others }
}

/** The case's name in a file's, or undefined when the name does not fit the pattern. */
const caseIn = (name: string, pattern: NamePattern): string | undefined => {
  const ending = volumeEnding(name)
  if (ending === undefined) return undefined
  const stem = name.slice(0, -ending.length).normalize("NFC")
  const [before = "", after = ""] = pattern.normalize("NFC").split("{case}")
  return stem.length > before.length + after.length && stem.startsWith(before) && stem.endsWith(after)
    ? stem.slice(before.length, stem.length - after.length)
    : undefined
}
