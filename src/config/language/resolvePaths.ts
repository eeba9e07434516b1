import { dirname, resolve } from "node:path"
import type { Located, Origin } from "../yaml/located.ts"
import { toPlain } from "../yaml/toPlain.ts"
import type { Description } from "./description.ts"
import { yamlTypeOf, yamlTypesOf } from "./yamlType.ts"

/** Every text that names a file or folder made absolute: relative to the YAML file that says it, or to the
 *  working directory when `--set` does. What does not fit the description is left for decoding to refuse. */
export const resolvePaths = (description: Description, located: Located): Located => {
  switch (description.tag) {
    case "text":
      return description.path && located.tag === "scalar" && typeof located.value === "string"
        ? { ...located, value: resolve(folderOf(located.at), located.value) }
        : located
    case "list":
      return located.tag === "list"
        ? { ...located, items: located.items.map((item) => resolvePaths(description.item, item)) }
        : located
    case "map":
      return withEntries(located, () => description.value)
    case "record":
      return withEntries(located, (key) => own(description.fields, key))
    case "sum": {
      const kind = located.tag === "map" ? located.entries.get("kind")?.value : undefined
      const member = kind?.tag === "scalar" ? own(description.members, String(kind.value)) : undefined
      return member === undefined ? located : resolvePaths(member, located)
    }
    case "lazy":
      return resolvePaths(description.get(), located)
    case "anyOf": {
      const type = yamlTypeOf(toPlain(located))
      const option = description.options.find((each) => yamlTypesOf(each).includes(type))
      return option === undefined ? located : resolvePaths(option, located)
    }
    case "number":
    case "integer":
    case "boolean":
    case "enum":
      return located
  }
}

const folderOf = ({ file }: Origin): string => (file.startsWith("--set ") ? "." : dirname(file))

const withEntries = (located: Located, fieldOf: (key: string) => Description | undefined): Located => {
  if (located.tag !== "map") return located
  const entries = [...located.entries].map(([key, entry]) => {
    const field = fieldOf(key)
    return [key, field === undefined ? entry : { ...entry, value: resolvePaths(field, entry.value) }] as const
  })
  return { ...located, entries: new Map(entries) }
}

const own = <A>(record: Readonly<Record<string, A>>, key: string): A | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined
