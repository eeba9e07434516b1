import type { Catalog } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

/** What a canonical spec names in a catalogue. The spec was decoded with this catalogue, so it is in there. */
export const buildPart = <A>(catalog: Catalog<A>, spec: PartSpec): Part<A> => {
  const { kind, ...options } = spec
  const { build, sources } = catalog[kind]!
  return { spec, value: build(options), sources }
}
