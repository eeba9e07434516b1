import { visible } from "./visible.ts"

/** HTML or SVG text that is safe to put into a page; only `html` makes it. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: text and numbers are escaped, markup is not, lists are joined, nothing is "". */
export type Part = string | number | Markup | null | undefined | false | readonly Part[]

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

const rendered = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ""
  if (part instanceof Markup) return part.text
  if (typeof part === "string") return visible(part).replace(/[&<>"']/g, (character) => entities[character]!)
  if (typeof part === "number") return String(part)
  return part.map(rendered).join("")
}

/** A template whose values are escaped for element content and quoted attribute values, and nowhere else: never
 *  put a value into a tag or attribute name, a URL, a style or an unquoted attribute.
 *  @example html`<td title="${cell.loss}">${cell.label}</td>` */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(String.raw({ raw: strings }, ...parts.map(rendered)))
