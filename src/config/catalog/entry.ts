import type { Model } from "../../models/model.ts"
import type { Description, RecordDescription } from "../language/description.ts"

/** One thing that YAML can name: its options, its documentation, how it is built. */
export interface Entry<A> {
  readonly options: RecordDescription
  /** Files under src/ whose content decides what is built ("losses/agBce.ts"); keys hash their import closure. */
  readonly sources: readonly string[]
  /** @param options decoded by `options`, every default filled in, without `kind` */
  build(options: Readonly<Record<string, unknown>>): A
}

/** All things of one kind, by the name that YAML uses. */
export type Catalog<A> = Readonly<Record<string, Entry<A>>>

/** An entry whose fields are exactly the option record O of what it builds. */
export const entry = <O extends object, A>(spec: {
  readonly doc: string
  readonly fields: { readonly [K in keyof O]-?: Description }
  readonly presets?: Readonly<Record<string, Partial<O>>>
  readonly check?: RecordDescription["check"]
  readonly sources: readonly string[]
  readonly build: (options: O) => A
}): Entry<A> => ({
  options: {
    tag: "record",
    doc: spec.doc,
    fields: spec.fields,
    ...(spec.presets === undefined ? {} : { presets: spec.presets as RecordDescription["presets"] & {} }),
    ...(spec.check === undefined ? {} : { check: spec.check }),
  },
  sources: spec.sources,
  // The decoder produced these options from the fields above, so they are an O.
  build: (options) => spec.build(options as O),
})

/** Everything that an experiment can name. */
export interface Catalogs {
  readonly sources: Catalog<unknown>
  readonly resizes: Catalog<unknown>
  readonly intensities: Catalog<unknown>
  readonly augmentations: Catalog<unknown>
  readonly models: Catalog<Model>
  readonly losses: Catalog<unknown>
  readonly optimizers: Catalog<unknown>
  readonly schedules: Catalog<unknown>
}
