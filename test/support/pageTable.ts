const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")

/** What a reader sees of a piece of a page: bold between asterisks, small print in parentheses. */
export const readable = (markup: string): string =>
  unescaped(
    markup
      .replaceAll(/<svg[\s>].*?<\/svg>/gs, "")
      .replaceAll(/<\/?strong>/g, "*")
      .replaceAll(/<small>(.*?)<\/small>/gs, " ($1)")
      .replaceAll(/<[^>]*>/g, ""),
  ).trim()

/** A table of a page: the cells of each row, from top to bottom, as a reader sees them, and the notes below. */
export interface PageTable {
  readonly caption: string
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
}

/** The table with this id, or null where the page has none. */
export const pageTable = (page: string, id: string): PageTable | null => {
  const start = page.indexOf(`aria-labelledby="${id}"`)
  if (start < 0) return null
  const own = page.slice(start, page.indexOf("</table>", start))
  const after = page.slice(page.indexOf("</table>", start))
  const notes = /^<\/table><\/div><ul class="notes">(.*?)<\/ul>/s.exec(after.replace("\n", ""))?.[1] ?? ""
  return {
    caption: readable(/<caption[^>]*>(.*?)<\/caption>/s.exec(own)?.[1] ?? ""),
    rows: [...own.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
      [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => readable(cell!)),
    ),
    notes: [...notes.matchAll(/<li>(.*?)<\/li>/gs)].map(([, note]) => readable(note!)),
  }
}

/** "Name: text" of each entry of a list of facts. */
export const pageFacts = (markup: string): Record<string, string> =>
  Object.fromEntries(
    [...markup.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs)].map(([, name, text]) => [
      readable(name!),
      readable(text!),
    ]),
  )

/** The tables of a page whose rows do not all fill as many columns, or more or fewer than its groups of columns. */
export const unevenTables = (page: string): string[] =>
  [...page.matchAll(/<caption id="([^"]*)".*?<\/table>/gs)].flatMap(([markup, id]) => {
    const spanOf = (tag: string, name: string) =>
      Number(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? 1)
    let below: number[] = [] // what cells of earlier rows fill in each of the next ones
    const widths = [...markup.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) => {
      const [filled = 0, ...rest] = below
      below = rest
      let width = filled
      for (const [tag] of row!.matchAll(/<t[hd][\s>][^>]*>?/g)) {
        const columns = spanOf(tag, "colspan")
        width += columns
        for (let i = 1; i < spanOf(tag, "rowspan"); i++) below[i - 1] = (below[i - 1] ?? 0) + columns
      }
      return width
    })
    const groups = [...markup.matchAll(/<col>|<colgroup span="[^"]*">/g)]
    const grouped = groups.reduce((sum, [tag]) => sum + (tag === "<col>" ? 1 : spanOf(tag, "span")), 0)
    const expected = groups.length > 0 ? grouped : widths[0]
    return widths.every((width) => width === expected) ? [] : [`${id}: ${widths.join(" ")} of ${expected}`]
  })
