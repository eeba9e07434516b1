import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

/** A test file that a source file can make fail. */
export interface Touching {
  /** From the repository's root. */
  readonly test: string
  /** Steps of import from the test to the file. */
  readonly distance: number
}

/** Whatever names a file beside its own counts as an import: a worker and a spawned program are named so, too. */
const named = /["'](\.{1,2}\/[^"'\n]*\.ts)["']/g

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(named)]
    .map(([, path]) => resolve(dirname(file), path!))
    .filter((path) => existsSync(path))

/** Distances from one file to all that it reaches. */
const reachedFrom = (
  start: string,
  imports: (file: string) => readonly string[],
): ReadonlyMap<string, number> => {
  const distances = new Map([[start, 0]])
  for (const [file, distance] of distances)
    for (const imported of imports(file)) if (!distances.has(imported)) distances.set(imported, distance + 1)
  return distances
}

/** The folder or file of test/ that mirrors one of src/, without its ending. */
const mirrorOf = (file: string): string => file.replace(/^src\//, "test/").replace(/\.ts$/, "")

/** For each source file the tests that touch it: those in the room's mirror that import it at any distance, and
 *  those anywhere that import it themselves; where there are none, the nearest. The file's own test first.
 *  @param root the repository  @param ofRoom how the paths of the room's tests begin */
export const touchingTests = (
  root: string,
  ofRoom: readonly string[],
): ((file: string) => readonly Touching[]) => {
  const known = new Map<string, readonly string[]>()
  const imports = (file: string): readonly string[] => {
    const found = known.get(file) ?? importsOf(file)
    known.set(file, found)
    return found
  }
  const tests = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`)
    .map((test) => ({ test, reached: reachedFrom(join(root, test), imports) }))
  return (file) => {
    const own = mirrorOf(file)
    const isOwn = ({ test }: Touching): boolean => test === `${own}.test.ts` || test.startsWith(`${own}/`)
    const touching = tests
      .flatMap(({ test, reached }) => {
        const distance = reached.get(join(root, file))
        return distance === undefined ? [] : [{ test, distance }]
      })
      .sort(
        (a, b) =>
          Number(isOwn(b)) - Number(isOwn(a)) || a.distance - b.distance || (a.test < b.test ? -1 : 1),
      )
    const near = touching.filter(
      ({ test, distance }) => distance === 1 || ofRoom.some((place) => test.startsWith(place)),
    )
    return near.length > 0 ? near : touching.filter(({ distance }) => distance === touching[0]!.distance)
  }
}
