import { performance } from "node:perf_hooks"
import { printable } from "../failure/printable.ts"
import type { CellEvent } from "../stages/events.ts"
import { clock } from "../terminal/clock.ts"
import { linesOf, type ProgressOutput } from "../terminal/progressOutput.ts"

export interface Progress {
  /** A line of its own: a warning, a cell that was kept. */
  note(text: string): void
  event(label: string, event: CellEvent): void
  /** The cell is over: its live line becomes a lasting one. */
  end(label: string, text: string): void
}

/** 0.1234 as "0.1234", 0.0000123 as "1.23e-5": four significant places, never rounded to nothing. */
const short = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(4)

/** What is remembered of a cell between its events. */
interface Memory {
  /** The last epoch's validation, as it is shown. */
  validation: string
  /** The first step seen: when, and the share done by then. A resumed training does not begin at 0. */
  first?: { readonly at: number; readonly share: number }
}

type Training = Extract<CellEvent, { readonly event: "step" | "epoch" }>

const shareOf = (event: Training): number =>
  event.event === "step" ? event.share : event.epoch / event.epochs

/** "epoch 3/10  loss 0.1234  validation Dice 0.8123  30 images/s  ETA 0:42" */
const trainingLine = (event: Training, memory: Memory, now: number): string => {
  const share = shareOf(event)
  memory.first ??= { at: now, share }
  if (event.event === "epoch" && event.validationDice !== null)
    memory.validation = `  validation Dice ${event.validationDice.toFixed(4)}`
  const done = share - memory.first.share
  const eta = done > 0 ? `  ETA ${clock((((now - memory.first.at) / done) * (1 - share)) / 1000)}` : ""
  const speed = `${event.imagesPerSecond.toFixed(0)} images/s`
  return `epoch ${event.epoch}/${event.epochs}  loss ${short(event.loss)}${memory.validation}  ${speed}${eta}`
}

/** What a line about an event says, or undefined when it changes nothing that is shown. */
const describe = (event: CellEvent, memory: Memory, now: number): string | undefined => {
  switch (event.event) {
    case "stage":
      return event.status === "started" ? event.stage : undefined
    case "progress":
      return `${event.stage} ${event.done}/${event.total}`
    case "step":
    case "epoch":
      return trainingLine(event, memory, now)
    case "resumed":
      return `goes on after epoch ${event.epoch}`
    case "warning":
      return `warning: ${printable(event.message)}`
    case "engine":
    case "failed":
    case "finished":
      return undefined
  }
}

/** Events worth a line of their own where lines last. */
const lasting = (event: CellEvent): boolean =>
  event.event === "epoch" || event.event === "resumed" || event.event === "warning"

/** @param now milliseconds of a clock that never jumps */
export const createProgress = (
  output: ProgressOutput,
  now: () => number = () => performance.now(),
): Progress => {
  const memories = new Map<string, Memory>()
  const { live, line, dim } = linesOf(output)
  return {
    note: line,
    event: (label, event) => {
      const memory = memories.get(label) ?? { validation: "" }
      memories.set(label, memory)
      const text = describe(event, memory, now())
      if (text === undefined) return
      if (output.isTerminal && event.event !== "warning") live(`${printable(label)}  ${text}`)
      else if (lasting(event)) line(`${printable(label)}  ${text}`)
    },
    end: (label, text) => {
      memories.delete(label)
      line(`${printable(label)}  ${dim(text)}`)
    },
  }
}
