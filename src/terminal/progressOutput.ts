/** Where progress goes: a terminal gets a live line, anything else plain lines. */
export interface ProgressOutput {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  readonly columns: number
  readonly color: boolean
}

/** How lines are written there. */
export interface Lines {
  /** Takes the place of the live line before; cut to the width. For terminals only. */
  live(text: string): void
  /** A lasting line, in the place of the live one. */
  line(text: string): void
  /** Of less importance than the rest of its line. */
  dim(text: string): string
}

export const linesOf = (output: ProgressOutput): Lines => {
  const clear = output.isTerminal ? "\r\u001b[2K" : ""
  return {
    live: (text) => output.write(`${clear}${text.slice(0, Math.max(1, output.columns - 1))}`),
    line: (text) => output.write(`${clear}${text}\n`),
    dim: (text) => (output.color ? `\u001b[2m${text}\u001b[22m` : text),
  }
}
