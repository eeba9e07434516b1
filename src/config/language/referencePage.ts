import type { Description, RecordDescription } from "./description.ts"
import { expectationOf } from "./expectation.ts"

/** A page of Markdown: a section for each record, with a table of its options and one of its presets.
 *  @param subject what the page is about: a sum gets a section per kind, a record one per nested record */
export const referencePageOf = (title: string, intro: string, subject: Description): string => {
  const sections = sectionsOf(subject).map(([name, record]) => sectionOf(name, record))
  return `${[`# ${title}`, intro, ...sections.flat()].join("\n\n")}\n`
}

/** Every record that stands in `description`, by its path; a path in a sum begins with the kind. Sums further in have pages of their own. */
const sectionsOf = (
  description: Description,
  path = "",
): readonly (readonly [string, RecordDescription])[] => {
  switch (description.tag) {
    case "record":
      return [
        [path, description],
        ...Object.entries(description.fields).flatMap(([key, field]) =>
          sectionsOf(field, path === "" ? key : `${path}.${key}`),
        ),
      ]
    case "sum":
      return path === ""
        ? Object.entries(description.members).flatMap(([kind, member]) => sectionsOf(member, kind))
        : []
    case "list":
      return sectionsOf(description.item, path)
    case "map":
      return sectionsOf(description.value, path)
    case "anyOf":
      return description.options.flatMap((option) => sectionsOf(option, path))
    case "lazy": // at the top it is the subject itself; further in it may contain itself
      return path === "" ? sectionsOf(description.get()) : []
    case "number":
    case "integer":
    case "boolean":
    case "text":
    case "enum":
      return []
  }
}

const sectionOf = (name: string, record: RecordDescription): readonly string[] => [
  ...(name === "" ? [] : [`## ${name}`]),
  record.doc,
  ...optionsOf(record),
]

/** The tables of a record's options and presets. */
export const optionsOf = ({ fields, presets = {} }: RecordDescription): readonly string[] => {
  const options = Object.entries(fields).map(([key, field]) => [
    code(key),
    expectationOf(field),
    field.default === undefined ? "required" : code(JSON.stringify(field.default)),
    field.doc,
  ])
  const presetRows = Object.entries(presets).map(([preset, values]) => [
    code(preset),
    Object.entries(values)
      .map(([key, value]) => code(`${key}: ${JSON.stringify(value)}`))
      .join(", "),
  ])
  return [
    options.length === 0 ? "No options." : table(["option", "type and range", "default", "meaning"], options),
    ...(presetRows.length === 0 ? [] : [table(["preset", "defaults it sets"], presetRows)]),
  ]
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n")

const code = (text: string): string => `\`${text}\``
