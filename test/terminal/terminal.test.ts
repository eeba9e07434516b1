import { describe, expect, it } from "vitest"
import { terminalOf } from "../../src/terminal/terminal.ts"

const stream = (isTTY: boolean, columns?: number) => ({ isTTY, columns: columns!, write: () => true })

describe("terminalOf", () => {
  it("is a terminal with its width, which may change", () => {
    const tty = stream(true, 100)
    const output = terminalOf(tty, { TERM: "xterm" })
    expect(output).toMatchObject({ isTerminal: true, color: true, columns: 100 })
    tty.columns = 60
    expect(output.columns).toBe(60)
  })

  it("takes 80 columns where a terminal reports none", () => {
    expect(terminalOf(stream(true, 0), {}).columns).toBe(80)
    expect(terminalOf(stream(false), {}).columns).toBe(80)
  })

  it("writes plain lines to files and to dumb terminals", () => {
    expect(terminalOf(stream(false), { TERM: "xterm" })).toMatchObject({ isTerminal: false, color: false })
    expect(terminalOf(stream(true, 80), { TERM: "dumb" })).toMatchObject({ isTerminal: false, color: false })
  })

  it("heeds NO_COLOR when it is not empty", () => {
    expect(terminalOf(stream(true, 80), { NO_COLOR: "1" })).toMatchObject({ isTerminal: true, color: false })
    expect(terminalOf(stream(true, 80), { NO_COLOR: "" }).color).toBe(true)
  })
})
