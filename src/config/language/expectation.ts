import type { Description, IntegerDescription, ListDescription, NumberDescription } from "./description.ts"
import { choices } from "./shown.ts"

/** What must stand there, in words: "an integer from 1 to 1000", "one of `flip`, `rotation`". */
export const expectationOf = (description: Description): string => {
  switch (description.tag) {
    case "number":
    case "integer":
      return withArticle(description.tag) + range(description)
    case "boolean":
      return "true or false"
    case "text":
      return description.pattern?.words ?? (description.path ? `the path of a ${description.path}` : "a text")
    case "enum":
      return choices(description.values)
    case "list":
      return `a list${length(description)}, each ${expectationOf(description.item)}`
    case "record":
      return `a map with the keys ${Object.keys(description.fields)
        .map((key) => `\`${key}\``)
        .join(", ")}`
    case "map":
      return `a map${atLeast(description.minEntries, "entry", "entries")}, each ${expectationOf(description.value)}`
    case "sum":
      return `${withArticle(description.what)}: a map whose \`kind\` is ${choices(Object.keys(description.members))}`
    case "lazy": // not its content: that may contain the lazy description again
      return withArticle(description.name)
    case "anyOf":
      return [
        ...description.options.map(expectationOf),
        ...(description.default === null ? ["null"] : []),
      ].join(", or ")
  }
}

export const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`

const range = (description: NumberDescription | IntegerDescription): string => {
  const { minimum, maximum } = description
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  const { exclusiveMinimum, exclusiveMaximum } = description.tag === "number" ? description : {}
  const limits = [
    exclusiveMinimum === undefined ? [] : `greater than ${exclusiveMinimum}`,
    minimum === undefined ? [] : `at least ${minimum}`,
    exclusiveMaximum === undefined ? [] : `less than ${exclusiveMaximum}`,
    maximum === undefined ? [] : `at most ${maximum}`,
  ].flat()
  return `${limits[0]?.startsWith("at") ? " of" : ""}${limits.map((limit) => ` ${limit}`).join(" and")}`
}

const length = ({ minItems = 0, maxItems }: ListDescription): string => {
  if (maxItems === undefined) return atLeast(minItems, "item", "items")
  if (minItems === 0) return ` of at most ${items(maxItems)}`
  return minItems === maxItems ? ` of ${items(minItems)}` : ` of ${minItems} to ${items(maxItems)}`
}

const atLeast = (count = 0, one: string, many: string): string =>
  count === 0 ? "" : ` of at least ${count} ${count === 1 ? one : many}`

export const items = (count: number): string => `${count} ${count === 1 ? "item" : "items"}`
