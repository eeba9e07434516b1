import type { Description, RecordDescription } from "../language/description.ts"

/** What the cells of an experiment differ in. */
export interface Sweep {
  readonly factors: readonly Factor[]
}

export interface Factor {
  readonly name: string
  /** Where the values go: "train.loss". */
  readonly path: string
  /** A map names each value; in a list, values are their own names. */
  readonly values: Readonly<Record<string, unknown>> | readonly (string | number | boolean)[]
  /** It only repeats, such as a seed: cells are compared within its values, and averaged over them. */
  readonly block: boolean
}

const scalars: readonly Description[] = [
  { tag: "text", doc: "A text." },
  { tag: "number", doc: "A number." },
  { tag: "boolean", doc: "true or false." },
]

/** What a value must be depends on the factor's path: it is decoded there, once it is put in. */
const anyValue: Description = {
  tag: "lazy",
  doc: "Whatever may stand at the factor's path.",
  name: "value",
  get: () => ({
    tag: "anyOf",
    doc: "A value.",
    options: [
      ...scalars,
      { tag: "list", doc: "A list.", item: anyValue },
      { tag: "map", doc: "A map.", value: anyValue },
    ],
  }),
}

const factor: RecordDescription = {
  tag: "record",
  doc: "Something that the cells differ in.",
  fields: {
    name: {
      tag: "text",
      doc: "Name of the factor.",
      pattern: { regex: "^[A-Za-z][A-Za-z0-9_-]*$", words: "a letter, then letters, digits, - and _" },
    },
    path: { tag: "text", doc: "Where its values go, such as train.loss; items of lists by number, from 0." },
    values: {
      tag: "anyOf",
      doc: "Its values: a map from labels to values, or a list of numbers or words that are their own labels.",
      options: [
        { tag: "map", doc: "Values by label.", value: anyValue, minEntries: 1 },
        {
          tag: "list",
          doc: "Values.",
          item: { tag: "anyOf", doc: "A value.", options: scalars },
          minItems: 1,
        },
      ],
    },
    block: {
      tag: "boolean",
      doc: "It only repeats, such as a seed: other factors are compared within each of its values.",
      default: false,
    },
  },
}

/** Every combination of the factors' values is a cell. */
export const sweep: RecordDescription = {
  tag: "record",
  doc: "What the cells differ in: every combination of the factors' values is a cell.",
  fields: {
    factors: { tag: "list", doc: "The factors; the last one changes first.", item: factor, default: [] },
  },
  default: {},
}
