import type { CellEvent } from "../stages/events.ts"

/** Where progress goes: a terminal gets one live line per cell, anything else plain lines. */
export interface ProgressOutput {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  readonly columns: number
  readonly color: boolean
}

export interface Progress {
  /** A line of its own: a warning, a cell that was kept. */
  note(text: string): void
  event(label: string, event: CellEvent): void
  /** The cell is over: its live line becomes a lasting one. */
  end(label: string, text: string): void
}

const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (n: number) => String(n).padStart(2, "0")
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** 0.1234 as "0.1234", 0.0000123 as "1.23e-5": four significant places, never rounded to nothing. */
const short = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(4)

/** Terminal width is a matter of what shows: control characters in a label would break the line. */
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "?")

/** What a line about an event says, or undefined when it changes nothing that is shown. */
const describe = (
  event: CellEvent,
  memory: { validation: string; start: number; share: number },
): string | undefined => {
  switch (event.event) {
    case "stage":
      return event.status === "started" ? event.stage : undefined
    case "progress":
      return `${event.stage} ${event.done}/${event.total}`
    case "step": {
      const elapsed = (Date.now() - memory.start) / 1000
      const done = event.share - memory.share
      const eta = done > 0 ? `  ETA ${clock((elapsed / done) * (1 - event.share))}` : ""
      return `epoch ${event.epoch}/${event.epochs}  loss ${short(event.loss)}${memory.validation}  ${event.imagesPerSecond.toFixed(0)} images/s${eta}`
    }
    case "epoch":
      memory.validation =
        event.validationDice === null ? "" : `  validation Dice ${event.validationDice.toFixed(4)}`
      return `epoch ${event.epoch}/${event.epochs}  loss ${short(event.loss)}${memory.validation}  ${event.imagesPerSecond.toFixed(0)} images/s`
    case "resumed":
      return `goes on after epoch ${event.epoch}`
    case "engine":
    case "warning":
    case "failed":
    case "finished":
      return undefined
  }
}

export const createProgress = (output: ProgressOutput): Progress => {
  const memories = new Map<string, { validation: string; start: number; share: number }>()
  const dim = (text: string) => (output.color ? `\u001b[2m${text}\u001b[22m` : text)
  const memoryOf = (label: string) => {
    if (!memories.has(label)) memories.set(label, { validation: "", start: Date.now(), share: 0 })
    return memories.get(label)!
  }
  const live = (text: string) => output.write(`\r\u001b[2K${text.slice(0, Math.max(1, output.columns - 1))}`)
  const line = (text: string) => output.write(output.isTerminal ? `\r\u001b[2K${text}\n` : `${text}\n`)
  return {
    note: (text) => line(text),
    event: (label, event) => {
      const memory = memoryOf(label)
      if (event.event === "warning") return line(`${printable(label)}  warning: ${printable(event.message)}`)
      if (event.event === "stage" && event.stage === "train") memory.start = Date.now()
      if (event.event === "resumed") memory.share = 0
      const text = describe(event, memory)
      if (text === undefined) return
      if (output.isTerminal) live(`${printable(label)}  ${text}`)
      else if (event.event === "epoch" || event.event === "resumed") line(`${printable(label)}  ${text}`)
    },
    end: (label, text) => {
      memories.delete(label)
      line(`${printable(label)}  ${dim(text)}`)
    },
  }
}
