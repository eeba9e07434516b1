import { describe, expect, it } from "vitest"
import { progressBar } from "../../src/terminal/progressBar.ts"
import { terminalOf } from "../../src/terminal/terminal.ts"

const shown = (
  total: number,
  {
    isTTY = true,
    columns = 80,
    env = {},
  }: { isTTY?: boolean; columns?: number; env?: NodeJS.ProcessEnv } = {},
) => {
  const written: string[] = []
  // The clock has run for a while when the work begins.
  const begun = 500
  let seconds = begun
  const write = (text: string) => {
    written.push(text)
    return true
  }
  const bar = progressBar(terminalOf({ isTTY, columns, write }, env), "cases", total, () => seconds * 1000)
  return {
    bar,
    written,
    at: (time: number) => {
      seconds = begun + time
    },
  }
}

const last = (written: readonly string[]) => written.at(-1)!.replace("\r\u001b[2K", "")

describe("progressBar", () => {
  it("shows a bar, how many are done, the time left and the last name on a terminal", () => {
    const { bar, written, at } = shown(3)
    expect(last(written)).toBe(`[${".".repeat(30)}] 0/3 cases`)
    at(10)
    bar.tick("case_07")
    expect(last(written)).toBe(`[${"#".repeat(10)}${".".repeat(20)}] 1/3 cases  ETA 0:20  case_07`)
    at(6000)
    bar.tick()
    // Two took 100 minutes, one is left.
    expect(last(written)).toBe(`[${"#".repeat(20)}${".".repeat(10)}] 2/3 cases  ETA 50:00`)
    expect(written.every((text) => text.startsWith("\r\u001b[2K") && !text.endsWith("\n"))).toBe(true)
  })

  it("fills a place of the bar when the whole of it is done", () => {
    const { bar, written } = shown(7)
    bar.tick()
    // 30 / 7 is 4.3, and 60 / 7 is 8.6.
    expect(last(written)).toContain(`[${"#".repeat(4)}${".".repeat(26)}]`)
    bar.tick()
    expect(last(written)).toContain(`[${"#".repeat(8)}${".".repeat(22)}]`)
  })

  it("ends with a lasting line that says what was done, also when that is not all", () => {
    const { bar, written, at } = shown(3, { env: { NO_COLOR: "1" } })
    bar.tick("a")
    bar.tick("b")
    at(3000)
    bar.end()
    expect(written.at(-1)).toBe("\r\u001b[2K2/3 cases  in 50:00\n")
  })

  it("dims the time only where colours are welcome", () => {
    const { bar, written } = shown(1)
    bar.tick()
    bar.end()
    expect(last(written)).toBe("1/1 cases  \u001b[2min 0:00\u001b[22m\n")
  })

  it.each([
    ["a narrow terminal", 24, "[#] 1/1 cases  ETA 0:00"],
    ["one with no room for a bar", 12, "1/1 cases  "],
  ])("fits into %s", (_, columns, expected) => {
    const { bar, written } = shown(1, { columns })
    bar.tick("a long name")
    expect(last(written)).toBe(expected)
  })

  it("takes control characters of a name for what they are", () => {
    const { bar, written } = shown(1)
    bar.tick("a\u001b[31m\n")
    expect(last(written)).toMatch(/ {2}a␛\[31m $/)
  })

  it.each([
    ["not a terminal", { isTTY: false }],
    ["a dumb terminal", { env: { TERM: "dumb" } }],
  ])("writes nothing but the end where there is %s", (_, where) => {
    const { bar, written, at } = shown(2, where)
    bar.tick("a")
    bar.tick("b")
    at(5)
    bar.end()
    expect(written).toEqual(["2/2 cases  in 0:05\n"])
  })
})
