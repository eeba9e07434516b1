import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { LossEntry } from "../../src/config/catalog/losses/lossEntry.ts"
import type { Mutant } from "./mutant.ts"

const root = resolve(import.meta.dirname, "../../src")

const relativeImport = /from "(\.[^"]+)"/g

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(relativeImport)].map(([, path]) => resolve(dirname(file), path!))

/** The files from which `target` can be reached, among those that `start` imports; `target` itself is one. */
const pathTo = (start: string, target: string): ReadonlySet<string> => {
  const reaches = new Map<string, boolean>()
  const visit = (file: string): boolean => {
    const known = reaches.get(file)
    if (known !== undefined) return known
    reaches.set(file, file === target)
    const through = importsOf(file).map(visit).some(Boolean)
    reaches.set(file, through || file === target)
    return reaches.get(file)!
  }
  visit(start)
  return new Set([...reaches].flatMap(([file, reached]) => (reached ? [file] : [])))
}

const partsOf = ({ file, right }: Mutant): readonly string[] =>
  readFileSync(join(root, file), "utf8").split(right)

/** Mutants whose piece of source is not there, or is there more than once, in words: they must follow the source. */
export const misplaced = (mutants: readonly Mutant[]): readonly string[] =>
  mutants
    .map((mutant) => ({ mutant, count: partsOf(mutant).length - 1 }))
    .filter(({ count }) => count !== 1)
    .map(({ mutant: { loss, fault, file }, count }) => `${loss}, ${fault}: ${count} times in ${file}`)

/** The catalogue's entry of a loss, built on a source with a fault. Only the files between the entry and the fault
 *  are copied, into `folder`; all others are the real ones, so that there is one engine and one set of laws. */
export const mutate = async (mutant: Mutant, folder: string): Promise<LossEntry> => {
  const entryFile = join(root, "config/catalog/losses", `${mutant.loss}.ts`)
  const target = join(root, mutant.file)
  const copied = pathTo(entryFile, target)
  if (!copied.has(entryFile)) throw new Error(`${mutant.loss} does not use ${mutant.file}`)
  const copyOf = (file: string): string => join(folder, relative(root, file))
  for (const file of copied) {
    const text = file === target ? partsOf(mutant).join(mutant.wrong) : readFileSync(file, "utf8")
    const rewired = text.replace(relativeImport, (_, path: string) => {
      const imported = resolve(dirname(file), path)
      return `from "${copied.has(imported) ? copyOf(imported) : imported}"`
    })
    mkdirSync(dirname(copyOf(file)), { recursive: true })
    // A kernel is registered once under its name, so a faulty one needs a name of its own.
    writeFileSync(copyOf(file), rewired.replace(/"(Losslab\w+)"/g, `"$1 ${folder}"`))
  }
  const module = (await import(pathToFileURL(copyOf(entryFile)).href)) as Record<string, LossEntry>
  return module[`${mutant.loss}Entry`]!
}
