import type { Json } from "../json.ts"
import type { Located } from "./located.ts"

/** The value without its places. Numbers may be NaN or infinite: it is the codec that refuses them. */
export const toPlain = (located: Located): Json => {
  switch (located.tag) {
    case "scalar":
      return located.value
    case "list":
      return located.items.map(toPlain)
    case "map":
      // fromEntries defines own properties, so a key `__proto__` stays a key.
      return Object.fromEntries([...located.entries].map(([key, { value }]) => [key, toPlain(value)]))
  }
}
