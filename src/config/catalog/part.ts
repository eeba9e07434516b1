import type { Json } from "../json.ts"

/** Canonical JSON of a part: its kind and every option, defaults filled in. */
export type PartSpec = { readonly kind: string; readonly [option: string]: Json }

/** Whatever YAML names, built: `spec` is canonical JSON with every default filled in (keys hash it),
 *  `value` the thing itself (stages use it). */
export interface Part<A> {
  readonly spec: Json
  readonly value: A
  /** Source files whose content decides what `value` does; their import closure enters the key. */
  readonly sources: readonly string[]
}
