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
})
