import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"

const explanation = resolve(import.meta.dirname, "explanation")

/** A page of docs/explanation that people write, but for the tables and figures that a script computes. */
export interface ComputedPage {
  /** Name of the page's file: "hd95.md". */
  readonly page: string
  /** The script, as the markers name it: "docs/hd95.ts". */
  readonly script: string
  /** Tables by the name of their markers. */
  readonly tables: Readonly<Record<string, string>>
  /** SVG by the name of its file in docs/explanation/figures. */
  readonly figures: Readonly<Record<string, string>>
}

/** A table in Markdown. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

/** Puts the tables between their markers in the page, and writes the figures.
 *  Throws when the page lacks a marker. */
export const writeComputedPage = async ({ page, script, tables, figures }: ComputedPage): Promise<void> => {
  const path = join(explanation, page)
  await mkdir(join(explanation, "figures"), { recursive: true })
  for (const [name, svg] of Object.entries(figures)) await writeFile(join(explanation, "figures", name), svg)
  let text = await readFile(path, "utf8")
  for (const [name, content] of Object.entries(tables)) {
    const [start, end] = [`<!-- ${name}: computed by ${script} -->`, `<!-- end of ${name} -->`]
    const [from, to] = [text.indexOf(start), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`${path} has no place for the table ${name}`)
    text = `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`
  }
  await writeFile(path, text)
}
