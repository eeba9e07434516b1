/** A deliberate fault: one piece of a source file exchanged for a wrong one. */
export interface Fault {
  /** From the repository's root: "src/metrics/dice.ts". */
  readonly file: string
  /** Of the first character, from 1. */
  readonly line: number
  /** Place of the piece in the file's text. */
  readonly start: number
  readonly end: number
  readonly right: string
  readonly wrong: string
}

/** The file's text with the fault in it. */
export const planted = (text: string, { file, start, end, right, wrong }: Fault): string => {
  if (text.slice(start, end) !== right) throw new Error(`${file} is not the text that the fault was found in`)
  return text.slice(0, start) + wrong + text.slice(end)
}

const onOneLine = (text: string): string => text.replace(/\s+/g, " ")

/** The change in one line: "a < b -> a <= b". */
export const changeOf = ({ right, wrong }: Pick<Fault, "right" | "wrong">): string =>
  `${onOneLine(right)} -> ${wrong === "" ? "(nothing)" : onOneLine(wrong)}`
