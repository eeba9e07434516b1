import { realpathSync } from "node:fs"
import { basename, dirname, isAbsolute, join, resolve } from "node:path"
import { either as E, function as F } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import { allOf, type Checked } from "../checked.ts"
import type { Located } from "../yaml/located.ts"
import { merge } from "../yaml/merge.ts"
import { problemAt } from "../yaml/problemAt.ts"
import { type LocatedTexts, readLocated } from "../yaml/readLocated.ts"

const maxDepth = 16
const maxBases = 100

/** An experiment on top of the files that it extends: the files of its `extends`, later over earlier, then its
 *  own values (see merge). Bases may extend files in turn; each path is relative to the file that says it. */
export const readExtended = (file: string): Checked<LocatedTexts> => {
  const texts = new Map<string, string>()
  let baseCount = 0

  /** @param chain the files from the experiment down to this one */
  const onBases = (read: Checked<LocatedTexts>, chain: readonly string[]): Checked<Located> =>
    F.pipe(
      read,
      E.flatMap(({ located, texts: own }) => {
        for (const [name, text] of own) texts.set(name, text)
        const { bases, rest } = splitExtends(located)
        return F.pipe(
          allOf(bases.map((base) => readBase(base, chain))),
          E.map((layers) => [...layers, rest].reduce(merge)),
        )
      }),
    )

  const readBase = (base: Located, chain: readonly string[]): Checked<Located> => {
    const atBase = (problem: Problem): Problem => problemAt(base.at, texts, { ...problem, path: "extends" })
    if (base.tag !== "scalar" || typeof base.value !== "string" || base.value === "") {
      const expected = "the path of a YAML file, or a list of such paths"
      return E.left([atBase({ message: "`extends` names no file", expected })])
    }
    const said = base.value
    const by = chain.at(-1)!
    const path = isAbsolute(said) ? said : join(dirname(by), said)
    const first = chain.findIndex((each) => realPath(each) === realPath(path))
    if (first >= 0) {
      const found = [...chain.slice(first), path].join(" extends ")
      const fix = "remove one of these `extends`"
      return E.left([atBase({ message: "files extend each other in a circle", found, fix })])
    }
    if (chain.length > maxDepth || ++baseCount > maxBases) {
      const expected = `at most ${maxDepth} levels and ${maxBases} files`
      return E.left([atBase({ message: "too many files extend each other", expected })])
    }
    return F.pipe(
      readLocated(path, `${path} (extended by ${by})`),
      // What is wrong with the file as a whole is shown where it is named.
      E.mapLeft((problems) =>
        problems.map((problem) =>
          problem.line === undefined
            ? atBase({
                ...problem,
                message: `${path}: ${problem.message}`,
                ...asSaid(said, problem.suggestion),
              })
            : problem,
        ),
      ),
      (read) => onBases(read, [...chain, path]),
    )
  }

  return F.pipe(
    onBases(readLocated(file), [file]),
    E.map((located) => ({ located, texts })),
  )
}

const splitExtends = (located: Located): { readonly bases: readonly Located[]; readonly rest: Located } => {
  const named = located.tag === "map" ? located.entries.get("extends")?.value : undefined
  if (located.tag !== "map" || named === undefined) return { bases: [], rest: located }
  const entries = new Map([...located.entries].filter(([name]) => name !== "extends"))
  return { bases: named.tag === "list" ? named.items : [named], rest: { ...located, entries } }
}

/** The suggested neighbour as the file would have to say it. */
const asSaid = (said: string, suggestion: string | undefined): Pick<Problem, "suggestion"> =>
  suggestion === undefined ? {} : { suggestion: join(dirname(said), basename(suggestion)) }

const realPath = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path) // it is not there, which reading it will say
  }
}
