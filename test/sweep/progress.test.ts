import { describe, expect, it } from "vitest"
import type { CellEvent } from "../../src/stages/events.ts"
import { createProgress } from "../../src/sweep/progress.ts"

const step = (share: number): CellEvent => ({
  event: "step",
  epoch: 1,
  epochs: 2,
  share,
  loss: 0.5,
  imagesPerSecond: 30.4,
})

const epoch = (number: number): CellEvent => ({
  event: "epoch",
  epoch: number,
  epochs: 2,
  loss: 0.00001234,
  validationDice: 0.81234,
  learningRate: 0.1,
  imagesPerSecond: 30,
  waitingShare: 0.01,
  elapsedSeconds: 5,
})

const shown = (isTerminal: boolean, color = false, columns = 200) => {
  const written: string[] = []
  let time = 0
  const progress = createProgress(
    { write: (text) => void written.push(text), isTerminal, columns, color },
    () => time,
  )
  return {
    progress,
    written,
    at: (seconds: number) => {
      time = seconds * 1000
    },
  }
}

describe("createProgress", () => {
  it("writes a plain line per epoch where lines last, without escape codes", () => {
    const { progress, written, at } = shown(false)
    progress.event("agBce", { event: "stage", stage: "train", status: "started" })
    progress.event("agBce", step(0.25))
    at(10)
    progress.event("agBce", epoch(1))
    progress.end("agBce", "done in 20.0 s")
    expect(written).toEqual([
      // A quarter took ten seconds and a half is left.
      "agBce  epoch 1/2  loss 1.23e-5  validation Dice 0.8123  30 images/s  ETA 0:20\n",
      "agBce  done in 20.0 s\n",
    ])
  })

  it("keeps one live line on a terminal and cuts it to the width", () => {
    const { progress, written } = shown(true, false, 20)
    progress.event("agBce", step(0.1))
    progress.event("agBce", step(0.2))
    expect(written).toEqual(["\r\u001b[2KagBce  epoch 1/2  l", "\r\u001b[2KagBce  epoch 1/2  l"])
  })

  it("counts the time left from where a resumed training began", () => {
    const { progress, written, at } = shown(true)
    progress.event("agBce", step(0.5))
    at(1)
    progress.event("agBce", step(0.6))
    expect(written.at(-1)).toContain("ETA 0:04")
  })

  it("lets a warning last on a terminal too", () => {
    const { progress, written } = shown(true)
    progress.event("agBce", { event: "warning", message: "a \u001b[31m trick" })
    expect(written).toEqual(["\r\u001b[2KagBce  warning: a ␛[31m trick\n"])
  })

  it("colours only when asked to", () => {
    const { progress, written } = shown(true, true)
    progress.end("agBce", "done")
    expect(written).toEqual(["\r\u001b[2KagBce  \u001b[2mdone\u001b[22m\n"])
  })

  it.each([
    [0, "0.000"],
    [0.12345, "0.1235"],
    [-0.5, "-0.5000"],
    [0.001, "0.001000"],
    [0.000999, "9.99e-4"],
    [-0.0000123, "-1.23e-5"],
    [12345, "1.235e+4"],
  ])("shows a loss of %d as %s", (loss, expected) => {
    const { progress, written } = shown(true)
    progress.event("a", { ...step(0.5), loss } as CellEvent)
    expect(written[0]).toContain(`  loss ${expected}  `)
  })

  it("shows what a stage counts and where it is on a terminal, and only what lasts elsewhere", () => {
    const events: readonly CellEvent[] = [
      { event: "engine", name: "javascript", version: "1", threads: 1 },
      { event: "stage", stage: "load", status: "started" },
      { event: "stage", stage: "load", status: "stored" },
      { event: "stage", stage: "load", status: "done", seconds: 1 },
      { event: "progress", stage: "evaluate", done: 3, total: 10 },
      { event: "resumed", epoch: 4 },
      { event: "failed", kind: "data", problems: [] },
      { event: "finished", seconds: 1 },
    ]
    const textsOf = (isTerminal: boolean) => {
      const { progress, written } = shown(isTerminal)
      for (const event of events) progress.event("a", event)
      return written.map((text) => text.replace("\r\u001b[2K", ""))
    }
    expect(textsOf(true)).toEqual(["a  load", "a  evaluate 3/10", "a  goes on after epoch 4"])
    expect(textsOf(false)).toEqual(["a  goes on after epoch 4\n"])
  })

  it("goes on showing the last validation, of each cell its own, until the cell is over", () => {
    const { progress, written } = shown(true)
    const dice = (label: string): string | undefined => {
      progress.event(label, step(0.6))
      return / {2}validation Dice (\S+) /.exec(written.at(-1)!)?.[1]
    }
    progress.event("a", epoch(1))
    expect(dice("a")).toBe("0.8123")
    expect(dice("b")).toBeUndefined()
    progress.event("a", { ...epoch(2), validationDice: null } as CellEvent)
    expect(dice("a")).toBe("0.8123")
    progress.end("a", "done")
    expect(dice("a")).toBeUndefined()
  })

  it("counts the time left of each cell from its own beginning", () => {
    const { progress, written, at } = shown(true)
    progress.event("a", step(0))
    at(10)
    progress.event("a", epoch(1))
    // Half in ten seconds: ten are left.
    expect(written.at(-1)).toContain("ETA 0:10")
    at(3000)
    progress.event("a", step(0.75))
    // A quarter of the way is left, which is a third of what took 50 minutes.
    expect(written.at(-1)).toContain("ETA 16:40")
    progress.event("b", step(0.5))
    expect(written.at(-1)).not.toContain("ETA")
    progress.end("a", "interrupted")
    progress.event("a", step(0.5))
    expect(written.at(-1)).not.toContain("ETA")
  })

  it("lets a note last, and no label move the cursor", () => {
    const { progress, written } = shown(false)
    progress.note("a  done before, kept")
    progress.event("a\u001b[2J", { event: "resumed", epoch: 1 })
    progress.end("a\u001b[2J", "done")
    expect(written).toEqual(["a  done before, kept\n", "a␛[2J  goes on after epoch 1\n", "a␛[2J  done\n"])
  })
})
