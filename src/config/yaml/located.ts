/** Where a value was written. Lines and columns are one-based. */
export interface Origin {
  /** File as given by the user, or "--set train.epochs=3". */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
  /** How the file came in: "experiments/adaptive.yaml" or "experiments/base/phantom.yaml (extended by ...)". */
  readonly setBy: string
}

/** A YAML value that knows where each of its parts was written. */
export type Located =
  | { readonly tag: "scalar"; readonly value: string | number | boolean | null; readonly at: Origin }
  | { readonly tag: "list"; readonly items: readonly Located[]; readonly at: Origin }
  | { readonly tag: "map"; readonly entries: ReadonlyMap<string, LocatedEntry>; readonly at: Origin }

export interface LocatedEntry {
  /** Where the key stands. */
  readonly key: Origin
  readonly value: Located
}

/** Texts of the files read, by Origin.file, for snippets. */
export type SourceTexts = ReadonlyMap<string, string>
