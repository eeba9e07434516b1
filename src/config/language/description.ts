import type { Problem } from "../../failure/failure.ts"

/** What YAML may say at one place: a small closed language with many readings (codec.ts, jsonSchema.ts,
 *  referencePage.ts, arbitrary.ts). A description without `default` is required. */
export type Description =
  | NumberDescription
  | IntegerDescription
  | BooleanDescription
  | TextDescription
  | EnumDescription
  | ListDescription
  | RecordDescription
  | MapDescription
  | SumDescription
  | LazyDescription
  | AnyOfDescription

interface Described<A> {
  /** One line for people: what it means, with its unit. */
  readonly doc: string
  readonly default?: A
}

/** Finite; NaN and infinities are refused. */
export interface NumberDescription extends Described<number> {
  readonly tag: "number"
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
}

export interface IntegerDescription extends Described<number> {
  readonly tag: "integer"
  readonly minimum?: number
  readonly maximum?: number
}

export interface BooleanDescription extends Described<boolean> {
  readonly tag: "boolean"
}

export interface TextDescription extends Described<string> {
  readonly tag: "text"
  /** What it must look like, anchored by ^ and $, with the words that say so in an error. */
  readonly pattern?: { readonly regex: string; readonly words: string }
  /** "file" or "folder": a path, resolved against the folder of the YAML file that says it. */
  readonly path?: "file" | "folder"
}

export interface EnumDescription extends Described<string> {
  readonly tag: "enum"
  readonly values: readonly string[]
}

export interface ListDescription extends Described<readonly unknown[]> {
  readonly tag: "list"
  readonly item: Description
  readonly minItems?: number
  readonly maxItems?: number
}

/** What a rule over a whole record found wrong. */
export interface RecordFault extends Pick<Problem, "message" | "expected" | "found" | "fix"> {
  readonly path: string
}

/** Closed: an unknown key is an error. */
export interface RecordDescription extends Described<Readonly<Record<string, unknown>>> {
  readonly tag: "record"
  readonly fields: Readonly<Record<string, Description>>
  /** Named sets of defaults: `preset: seed-code` fills every field that is not given before the field's own
   *  default does. The record then has a field `preset` (an enum of these names, itself optional). */
  readonly presets?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A rule over the whole record, for what single fields cannot say; returns a message, or null when fine.
   *  The path is relative to the record ("schedule.power"). */
  readonly check?: (value: never) => RecordFault | null
}

/** Free keys, one kind of value. */
export interface MapDescription extends Described<Readonly<Record<string, unknown>>> {
  readonly tag: "map"
  readonly value: Description
  readonly minEntries?: number
}

/** A record with a `kind`: one of several members. */
export interface SumDescription extends Described<Readonly<Record<string, unknown>>> {
  readonly tag: "sum"
  /** What is chosen, for messages: "loss", "model". */
  readonly what: string
  readonly members: Readonly<Record<string, RecordDescription>>
  /** Kinds that stand at another place, and what to do about one that was written here. */
  readonly elsewhere?: Readonly<Record<string, string>>
}

/** For descriptions that contain themselves (a loss made of losses). `name` becomes the schema's definition. */
export interface LazyDescription {
  readonly tag: "lazy"
  readonly doc: string
  readonly name: string
  readonly get: () => Description
  readonly default?: undefined
}

/** One of several shapes that differ in YAML's own type (list or map, number or list); told apart by that type. Of
 *  two of one type (an integer, or a fraction) the first that fits is meant.
 *  With `default: null`, null may be written too. */
export interface AnyOfDescription extends Described<unknown> {
  readonly tag: "anyOf"
  readonly options: readonly Description[]
}
