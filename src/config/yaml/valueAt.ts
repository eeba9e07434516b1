import type { Located } from "./located.ts"

/** What stands at a path of keys and of numbers of items; undefined where nothing does. */
export const valueAt = (located: Located, path: readonly string[]): Located | undefined =>
  path.reduce<Located | undefined>((node, step) => {
    if (node?.tag === "map") return node.entries.get(step)?.value
    return node?.tag === "list" ? node.items[Number(step)] : undefined
  }, located)
