/** Whatever YAML names, built: `spec` is canonical JSON with every default filled in (keys hash it),
 *  `value` the thing itself (stages use it). */
export interface Part<A> {
  readonly spec: Json
  readonly value: A
  /** Source files whose content decides what `value` does; their import closure enters the key. */
  readonly sources: readonly string[]
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
