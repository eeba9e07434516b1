import { type ModuleLossOptions, moduleLoss } from "../moduleLoss.ts"
import { lossEntry } from "./lossEntry.ts"

export const moduleEntry = lossEntry<ModuleLossOptions>({
  doc: "A loss of your own: a file whose default export is (options) => (logits, truth, at) => scalar.",
  fields: {
    path: { tag: "text", doc: "The file.", path: "file" },
    options: {
      tag: "map",
      doc: "What the file's default export gets.",
      value: {
        tag: "anyOf",
        doc: "Any value.",
        options: [
          { tag: "number", doc: "A number." },
          { tag: "boolean", doc: "A switch." },
          { tag: "text", doc: "A text." },
          { tag: "list", doc: "Numbers.", item: { tag: "number", doc: "A number." } },
        ],
      },
      default: {},
    },
  },
  words: {
    formula: ["whatever the file computes"],
    source: "Yours.",
    useWhen: "To try a loss without changing losslab: see docs/how-to/add-a-loss.md.",
    problems: [
      "What it claims is checked by `losslab verify --module`; what it does not claim is not known.",
    ],
  },
  softMask: false,
  claims: [],
  sources: [],
  build: moduleLoss,
})
