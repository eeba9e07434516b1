import type { Located } from "./located.ts"

/** `above` laid over `below`: maps are merged key by key, everything else is replaced, and so is a map whose
 *  `kind` changes, because the options of one kind mean nothing to another. Origins are kept. */
export const merge = (below: Located, above: Located): Located => {
  if (below.tag !== "map" || above.tag !== "map" || otherKind(below, above)) return above
  const entries = new Map(below.entries)
  for (const [name, { key, value }] of above.entries) {
    const known = entries.get(name)
    entries.set(name, { key, value: known === undefined ? value : merge(known.value, value) })
  }
  return { tag: "map", entries, at: above.at }
}

const otherKind = (below: Located, above: Located): boolean => {
  const [before, after] = [kindOf(below), kindOf(above)]
  return before !== undefined && after !== undefined && before !== after
}

const kindOf = (located: Located): unknown => {
  const kind = located.tag === "map" ? located.entries.get("kind")?.value : undefined
  return kind?.tag === "scalar" ? kind.value : undefined
}
