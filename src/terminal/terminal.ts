import type { WriteStream } from "node:tty"
import type { ProgressOutput } from "./progressOutput.ts"

/** A stream as progress sees it. A dumb terminal cannot rewrite its line, and counts as none.
 *  @param environment TERM and NO_COLOR (https://no-color.org) are heeded */
export const terminalOf = (
  stream: Pick<WriteStream, "write"> & Partial<Pick<WriteStream, "isTTY" | "columns">>,
  environment: NodeJS.ProcessEnv = process.env,
): ProgressOutput => {
  const isTerminal = stream.isTTY === true && environment.TERM !== "dumb"
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    color: isTerminal && (environment.NO_COLOR ?? "") === "",
    // Read at every line, since windows are resized; a terminal without a size reports 0.
    get columns() {
      return stream.columns || 80
    },
  }
}
