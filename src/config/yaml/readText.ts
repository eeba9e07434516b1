import { isUtf8 } from "node:buffer"
import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { either as E } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"

/** Larger files are refused before they are parsed: an experiment has a few kilobytes. */
const maxBytes = 1_000_000

/** The text of a YAML file; or why it has none. Devices, pipes and folders are not opened. */
export const readText = (file: string): E.Either<Problem, string> => {
  try {
    const stats = statSync(file)
    if (!stats.isFile()) return E.left(notAFile(file, stats))
    if (stats.size > maxBytes) return E.left(tooLarge(file, stats.size))
    const bytes = readFileSync(file)
    return isUtf8(bytes) ? E.right(new TextDecoder().decode(bytes)) : E.left(notUtf8(file, bytes))
  } catch (error) {
    return E.left(unreadable(file, (error as NodeJS.ErrnoException).code))
  }
}

const cannotBeRead = (file: string, found: string): Problem => ({
  message: "the file cannot be read",
  file,
  found,
})

const unreadable = (file: string, code: string | undefined): Problem => {
  if (code !== "ENOENT")
    return { ...cannotBeRead(file, reasons[code ?? ""] ?? String(code)), fix: "check the path" }
  const folder = dirname(file)
  const near = nearest(basename(file), yamlFilesIn(folder))
  return {
    message: "there is no such file",
    file,
    found: `nothing at ${resolve(file)}`,
    ...(near === undefined ? { fix: "check the path" } : { suggestion: join(folder, near) }),
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "there is no permission",
  EPERM: "there is no permission",
  ELOOP: "its links lead in a circle",
  ENOTDIR: "a part of the path is a file",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "its name has a null character",
}

const notAFile = (file: string, stats: Stats): Problem => {
  if (!stats.isDirectory())
    return { ...cannotBeRead(file, "it is a pipe, socket or device"), fix: "name a YAML file" }
  const files = yamlFilesIn(file)
  return {
    ...cannotBeRead(file, "it is a folder"),
    fix: files.length === 0 ? "name a YAML file" : `name one of its files: ${files.slice(0, 10).join(", ")}`,
  }
}

const tooLarge = (file: string, size: number): Problem => ({
  message: "the file is too large for an experiment",
  file,
  expected: `at most ${maxBytes} bytes`,
  found: `${size} bytes`,
})

const notUtf8 = (file: string, bytes: Uint8Array): Problem => {
  const utf16 = [0xfeff, 0xfffe].includes((bytes[0]! << 8) | bytes[1]!)
  const before = new TextDecoder().decode(bytes).split("�", 1)[0]!
  return {
    message: "the file is not UTF-8 text",
    file,
    ...(utf16 ? {} : { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") }),
    expected: "UTF-8",
    found: utf16 ? "UTF-16" : "bytes that are not UTF-8",
    fix: "save the file as UTF-8",
  }
}

const yamlFilesIn = (folder: string): string[] => {
  const isYaml = (entry: Dirent): boolean => /\.ya?ml$/.test(entry.name) && !entry.isDirectory()
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(isYaml)
      .map(({ name }) => name)
      .sort()
  } catch {
    return [] // no such folder: nothing to suggest
  }
}
