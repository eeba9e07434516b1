import { describe, expect, it } from "vitest"
import type { Description, RecordDescription } from "../../../src/config/language/description.ts"
import { referencePageOf } from "../../../src/config/language/referencePage.ts"

const focal: RecordDescription = {
  tag: "record",
  doc: "Focal loss.",
  fields: {
    gamma: { tag: "number", doc: "Exponent: 0 | 1 | 2.", minimum: 0, default: 2 },
    alpha: { tag: "number", doc: "Weight of the foreground.", minimum: 0, maximum: 1 },
  },
  presets: { strong: { gamma: 4, alpha: 0.9 } },
}
const plain: RecordDescription = { tag: "record", doc: "Plain cross-entropy.", fields: {} }

const page = `# Losses

What training makes small.

## focal

Focal loss.

| option | type and range | default | meaning |
| --- | --- | --- | --- |
| \`gamma\` | a number of at least 0 | \`2\` | Exponent: 0 \\| 1 \\| 2. |
| \`alpha\` | a number from 0 to 1 | required | Weight of the foreground. |

| preset | defaults it sets |
| --- | --- |
| \`strong\` | \`gamma: 4\`, \`alpha: 0.9\` |

## plain

Plain cross-entropy.

No options.
`

describe("referencePageOf", () => {
  it("has a section for each kind of a sum", () => {
    const sum: Description = { tag: "sum", what: "loss", doc: "A loss.", members: { focal, plain } }
    expect(referencePageOf("Losses", "What training makes small.", sum)).toBe(page)
  })

  it("has a section for each record inside a record, by its path, but not for parts with pages of their own", () => {
    const rate: RecordDescription = {
      tag: "record",
      doc: "Rates.",
      fields: { start: { tag: "number", doc: "First.", default: 1 } },
    }
    const sum: Description = { tag: "sum", what: "loss", doc: "The loss.", members: { plain } }
    const train: RecordDescription = {
      tag: "record",
      doc: "Training.",
      fields: { loss: sum, rates: { tag: "list", doc: "Rates, one after the other.", item: rate } },
    }
    const experiment = referencePageOf("Experiment", "", { tag: "record", doc: "All.", fields: { train } })
    expect(experiment.split("\n").filter((line) => line.startsWith("#"))).toEqual([
      "# Experiment",
      "## train",
      "## train.rates",
    ])
    expect(experiment).toContain("| `loss` | a loss: a map whose `kind` is `plain` | required | The loss. |")
  })

  it("finds records in lists, maps and choices, once in what contains itself", () => {
    const inner = (doc: string): RecordDescription => ({ tag: "record", doc, fields: {} })
    const loop: Description = { tag: "lazy", doc: "", name: "loop", get: () => record }
    const record: RecordDescription = {
      tag: "record",
      doc: "Outer.",
      fields: {
        list: { tag: "list", doc: "", item: inner("In a list.") },
        map: { tag: "map", doc: "", value: inner("In a map.") },
        choice: { tag: "anyOf", doc: "", options: [{ tag: "text", doc: "" }, inner("In a choice.")] },
        again: loop,
      },
    }
    const page = referencePageOf("Page", "Intro.", loop)
    expect(page.split("\n").filter((line) => /^#|^In /.test(line))).toEqual([
      "# Page",
      ...["## list", "In a list.", "## map", "In a map.", "## choice", "In a choice."],
    ])
  })
})
