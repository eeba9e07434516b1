import type { Origin } from "./located.ts"

/** Longest piece of a source line that is shown. */
const width = 100

/** The line of `origin` in `text`, the line before it, and carets under [column, endColumn):
 *
 *      13 |     loss:
 *      14 |       gama: 2.0
 *         |       ^^^^
 *
 *  Every character takes one place; those that would move the cursor or reorder the line are replaced. */
export const snippetAt = (text: string, { line, column, endColumn }: Origin): string => {
  const lines = text.split(/\r\n|\n|\r/)
  const start = Math.max(0, column - 1 - (width * 3) / 4) // leaves most of the line before the caret in view
  const gutter = String(line).length + 2
  const row = (label: string, content: string) => `${label.padStart(gutter)} | ${content}`.trimEnd()
  const source = (number: number) =>
    row(String(number), visible((lines[number - 1] ?? "").slice(start, start + width)))
  const from = column - 1 - start
  const carets = " ".repeat(from) + "^".repeat(Math.max(1, Math.min(endColumn - column, width - from)))
  return [...(line > 1 ? [source(line - 1)] : []), source(line), row("", carets)].join("\n")
}

const visible = (text: string): string =>
  text.replaceAll("\t", " ").replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => "�".repeat(found.length))
