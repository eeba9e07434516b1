import { either as E, function as F } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import type { Located, LocatedEntry, Origin } from "./located.ts"
import { merge } from "./merge.ts"

/** One word of a path such as `augment.0.probability`, and where it was written. */
export interface Step {
  readonly name: string
  readonly at: Origin
}

/** The words of a path written at `at`. */
export const stepsOf = (path: string, at: Origin): readonly Step[] => {
  const plain = at.endColumn - at.column === path.length // not in quotes: the columns can be counted
  let column = at.column
  return path.split(".").map((name) => {
    const endColumn = column + name.length
    const step = { name, at: plain ? { ...at, column, endColumn } : at }
    column = endColumn + 1
    return step
  })
}

/** Why a path leads nowhere, and the place of the word that shows it. */
export interface Obstacle {
  readonly at: Origin
  readonly problem: Problem
}

/** Which items a list has, in words. */
const itemsOf = (count: number): string => {
  if (count === 0) return "no item: the list is empty"
  return count === 1 ? "`0`, the only item" : `an item from 0 to ${count - 1}`
}

/** The tree with `value` laid over what stands at the path (see merge). Keys that are not there are made; whether
 *  the experiment language knows them is for decoding to say. */
export const put = (tree: Located, path: readonly Step[], value: Located): E.Either<Obstacle, Located> => {
  const [step, ...rest] = path
  if (step === undefined) return E.right(merge(tree, value))
  const { name, at } = step
  if (tree.tag === "list") {
    const index = /^\d+$/.test(name) ? Number(name) : Infinity
    const item = tree.items[index]
    if (item === undefined) {
      const expected = itemsOf(tree.items.length)
      return E.left({ at, problem: { message: `the list has no item \`${name}\``, expected } })
    }
    return F.pipe(
      put(item, rest, value),
      E.map((changed) => ({ ...tree, items: tree.items.with(index, changed) })),
    )
  }
  if (tree.tag === "scalar" && tree.value !== null) {
    const found = `the value ${tree.value}`
    const message = `there is no \`${name}\` within a single value`
    return E.left({ at, problem: { message, found, fix: "end the path before this word" } })
  }

  const entries: ReadonlyMap<string, LocatedEntry> = tree.tag === "map" ? tree.entries : new Map()
  const entry = entries.get(name) ?? { key: at, value: { tag: "scalar", value: null, at } }
  const key = rest.length === 0 ? at : entry.key
  return F.pipe(
    put(entry.value, rest, value),
    E.map((changed) => ({
      tag: "map",
      entries: new Map(entries).set(name, { key, value: changed }),
      at: tree.at,
    })),
  )
}
