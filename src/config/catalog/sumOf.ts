import type { SumDescription } from "../language/description.ts"
import type { Catalog } from "./entry.ts"

/** One thing out of a catalogue, as YAML says it: `{ kind: <name>, ...options }`.
 *  @param what the thing, for messages: "loss" */
export const sumOf = (what: string, doc: string, catalog: Catalog<unknown>): SumDescription => ({
  tag: "sum",
  what,
  doc,
  members: Object.fromEntries(Object.entries(catalog).map(([name, { options }]) => [name, options])),
})
