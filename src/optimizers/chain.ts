import type { Params } from "../tensor/tree.ts"
import type { Transform } from "./transform.ts"

/** Links one after the other: the updates of each are the input of the next. Slots live below "0", "1", ... */
export const chain = (links: readonly Transform[]): Transform => ({
  init: (params) => Object.fromEntries(links.map((link, i) => [i, link.init(params)])),
  update: (gradients, slots, params, at) => {
    let updates = gradients
    const after: Record<string, Params> = {}
    for (const [i, link] of links.entries()) {
      // Trees do not keep branches without leaves, so a link without slots finds none.
      const result = link.update(updates, (slots[i] ?? {}) as Params, params, at)
      updates = result.updates
      after[i] = result.slots
    }
    return { updates, slots: after }
  },
})
