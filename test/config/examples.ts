import type { Description } from "../../src/config/language/description.ts"

/** A description with one of everything, in the manner of the experiment's own. */

const gamma: Description = {
  tag: "number",
  doc: "Focusing exponent.",
  exclusiveMinimum: 0,
  maximum: 8,
  default: 2,
}
const loss: Description = { tag: "lazy", doc: "The loss.", name: "loss", get: () => lossSum }

const lossSum: Description = {
  tag: "sum",
  what: "loss",
  doc: "What training makes small.",
  members: {
    dice: {
      tag: "record",
      doc: "Soft Dice.",
      fields: { smooth: { tag: "number", doc: "Added to both.", minimum: 0, default: 1e-5 } },
    },
    focal: {
      tag: "record",
      doc: "Focal loss.",
      fields: {
        gamma,
        alpha: { tag: "number", doc: "Weight of the foreground.", minimum: 0, maximum: 1 },
        kernel: {
          tag: "list",
          doc: "Rows and columns.",
          item: { tag: "integer", doc: "Pixels.", minimum: 1, maximum: 15 },
          minItems: 2,
          maxItems: 2,
          default: [3, 3],
        },
      },
      presets: { strong: { gamma: 4, alpha: 0.9 }, weak: { alpha: 0.5 } },
    },
    sum: {
      tag: "record",
      doc: "A sum of losses.",
      fields: { terms: { tag: "list", doc: "Its terms.", item: loss, minItems: 1 } },
    },
  },
}

export const example: Description = {
  tag: "record",
  doc: "An experiment.",
  fields: {
    name: {
      tag: "text",
      doc: "Name of the run.",
      pattern: { regex: "^[a-z][a-z0-9-]*$", words: "a word of lower-case letters, digits and hyphens" },
    },
    loss,
    epochs: { tag: "integer", doc: "Passes over the data.", minimum: 1, maximum: 1000, default: 10 },
    shuffle: { tag: "boolean", doc: "A new order in each epoch.", default: true },
    keep: { tag: "enum", doc: "Which weights to keep.", values: ["last", "best"], default: "last" },
    train: {
      tag: "anyOf",
      doc: "Patients for training.",
      options: [
        { tag: "integer", doc: "So many.", minimum: 1 },
        { tag: "enum", doc: "What is left.", values: ["all"] },
      ],
      default: "all",
    },
    baseline: {
      tag: "anyOf",
      doc: "What the others are compared with.",
      options: [{ tag: "text", doc: "A label." }],
      default: null,
    },
    weights: {
      tag: "map",
      doc: "Weight of each scale.",
      value: { tag: "number", doc: "Weight.", minimum: 0 },
      minEntries: 1,
      default: { full: 1 },
    },
    schedule: {
      tag: "record",
      doc: "Learning rate over time.",
      fields: {
        start: { tag: "number", doc: "First rate.", exclusiveMinimum: 0, default: 0.01 },
        end: { tag: "number", doc: "Last rate.", minimum: 0, default: 0 },
      },
      check: ({ start, end }: { readonly start: number; readonly end: number }) =>
        end <= start
          ? null
          : { path: "end", message: "greater than start", fix: "lower end, or raise start" },
      default: {},
    },
  },
}
