import { printable } from "../failure/printable.ts"

/** A column of a text table. */
export interface TextColumn {
  readonly heading: string
  /** "right" for numbers. */
  readonly align: "left" | "right"
}

/** Columns from their headings: words to the left, numbers to the right. */
export const words = (heading: string): TextColumn => ({ heading, align: "left" })
export const numbers = (heading: string): TextColumn => ({ heading, align: "right" })

/** Lines of aligned columns, two spaces apart, the headings first; each line ends with a line feed.
 *
 *      method   n    mean
 *      agBce   20  0.9398
 *
 *  Characters are counted by the places that they take on a terminal, and none of them can move the cursor.
 *  @param rows one text per column in each */
export const textTable = (columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string => {
  const lines = [columns.map(({ heading }) => heading), ...rows].map((row) => row.map(printable))
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => places(line[i] ?? ""))))
  return lines
    .map((line) => {
      const cells = columns.map(({ align }, i) => {
        const text = line[i] ?? ""
        const space = " ".repeat(widths[i]! - places(text))
        return align === "right" ? space + text : text + space
      })
      return `${cells.join("  ").trimEnd()}\n`
    })
    .join("")
}

/** Two places each: East Asian characters, and emoji that are drawn as pictures. */
const wide =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u

/** How many places of a terminal's line the text takes. Accents that stand on the letter before take none. */
const places = (text: string): number => {
  let count = 0
  for (const character of text) if (!/\p{M}/u.test(character)) count += wide.test(character) ? 2 : 1
  return count
}
