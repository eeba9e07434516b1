import { existsSync, readFileSync } from "node:fs"
import { dirname, extname, isAbsolute, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { failure } from "../failure/failure.ts"
import { hashOf } from "./hash.ts"

/** src/ in a checkout, dist/ in a build; this file lies one level below it. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..")
const ownExtension = extname(fileURLToPath(import.meta.url))

/** Type-only imports vanish when the program runs, so they do not count. */
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g

const importsOf = (text: string): string[] =>
  [...text.matchAll(importPattern)].map((match) => (match[1] ?? match[2])!)

const packageVersions: () => Readonly<Record<string, string>> = (() => {
  let versions: Readonly<Record<string, string>> | undefined
  return () =>
    (versions ??= (
      JSON.parse(readFileSync(join(root, "..", "package.json"), "utf8")) as {
        dependencies: Record<string, string>
      }
    ).dependencies)
})()

const packageName = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")

const locate = (file: string): string => {
  if (isAbsolute(file)) return file
  const inSource = join(root, file)
  return existsSync(inSource) ? inSource : inSource.replace(/\.ts$/, ownExtension)
}

/** Digest of what decides how these files behave: their text, that of every local file they import (types
 *  aside), and the pinned versions of the packages they import. So editing a loss makes new keys for just
 *  the cells that use it, and nobody bumps versions by hand.
 *  @param files relative to src/ ("losses/agBce.ts"), or absolute (a researcher's own module)
 */
export const sourceDigest = (files: readonly string[]): string => {
  const texts = new Map<string, string>()
  const packages = new Set<string>()
  const visit = (file: string) => {
    if (texts.has(file)) return
    if (!existsSync(file))
      throw failure("config", {
        message: "there is no such file",
        file,
        fix: "check the path of the module, and what it imports",
      })
    const text = readFileSync(file, "utf8")
    texts.set(file, text)
    for (const specifier of importsOf(text)) {
      if (specifier.startsWith(".")) visit(resolve(dirname(file), specifier))
      else if (!specifier.startsWith("node:")) packages.add(packageName(specifier))
    }
  }
  for (const file of files) visit(locate(file))
  const versions = packageVersions()
  return hashOf({
    // A path outside the source tree says where a file lies, not what it does: its text alone counts.
    files: [...texts]
      .map(([file, text]) => {
        const path = relative(root, file)
        return `${path.startsWith("..") ? "module" : path} ${hashOf(text)}`
      })
      .sort(),
    packages: [...packages].sort().map((name) => `${name}@${versions[name] ?? "unpinned"}`),
  })
}
