import { describe, expect, it } from "vitest"
import { linesOf } from "../../src/terminal/progressOutput.ts"

const clear = "\r\u001b[2K"

/** How lines come out on an output. */
const lines = (isTerminal: boolean, { columns = 10, color = false } = {}) => {
  const written: string[] = []
  return { ...linesOf({ write: (text) => void written.push(text), isTerminal, columns, color }), written }
}

describe("linesOf", () => {
  it("cuts a live line so that the cursor stays on it, but never to nothing", () => {
    for (const [columns, expected] of [
      [10, "012345678"],
      [2, "0"],
      [1, "0"],
      [0, "0"],
    ] as const) {
      const { live, written } = lines(true, { columns })
      live("0123456789")
      expect(written).toEqual([`${clear}${expected}`])
    }
  })

  it("writes a lasting line whole, in the place of the live one", () => {
    const { line, written } = lines(true)
    line("0123456789abc")
    expect(written).toEqual([`${clear}0123456789abc\n`])
  })

  it("clears nothing where lines last", () => {
    const { line, live, written } = lines(false)
    line("a")
    live("b")
    expect(written).toEqual(["a\n", "b"])
  })

  it("dims where there are colours", () => {
    expect(lines(true, { color: true }).dim("a")).toBe("\u001b[2ma\u001b[22m")
    expect(lines(true).dim("a")).toBe("a")
  })
})
