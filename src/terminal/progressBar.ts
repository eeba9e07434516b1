import { performance } from "node:perf_hooks"
import { printable } from "../failure/printable.ts"
import { clock } from "./clock.ts"
import { linesOf, type ProgressOutput } from "./progressOutput.ts"

/** How far work on a known number of things is. */
export interface ProgressBar {
  /** One more is done.
   *  @param name of it; the bar shows the last one */
  tick(name?: string): void
  /** No more will be: the bar becomes a lasting line that says how many were done, and in what time. */
  end(): void
}

const longestBar = 30

/** On a terminal a live line, `[######......] 12/20 cases  ETA 0:12  name`, as wide as fits; elsewhere, where lines
 *  last, nothing until the end.
 *  @param what is counted, in the plural   @param total at least 1
 *  @param now milliseconds of a clock that never jumps */
export const progressBar = (
  output: ProgressOutput,
  what: string,
  total: number,
  now: () => number = () => performance.now(),
): ProgressBar => {
  const { live, line, dim } = linesOf(output)
  const start = now()
  let done = 0
  const bar = (room: number): string => {
    const length = Math.min(longestBar, room - "[] ".length)
    const filled = Math.floor((length * done) / total)
    return length < 1 ? "" : `[${"#".repeat(filled)}${".".repeat(length - filled)}] `
  }
  const show = (name: string): void => {
    const left = ((now() - start) / done) * (total - done)
    const eta = done === 0 ? "" : `  ETA ${clock(left / 1000)}`
    const counts = `${done}/${total} ${what}${eta}`
    live(`${bar(output.columns - 1 - counts.length)}${counts}${name && `  ${printable(name)}`}`)
  }
  if (output.isTerminal) show("")
  return {
    tick: (name = "") => {
      done++
      if (output.isTerminal) show(name)
    },
    end: () => line(`${done}/${total} ${what}  ${dim(`in ${clock((now() - start) / 1000)}`)}`),
  }
}
