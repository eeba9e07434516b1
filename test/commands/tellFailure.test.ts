import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { tellFailure } from "../../src/commands/tellFailure.ts"
import { Failure, type FailureKind, failure } from "../../src/failure/failure.ts"

const { argv, exitCode } = process
let said = ""
beforeEach(() => {
  said = ""
  vi.stubEnv("LOSSLAB_STACK", undefined)
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.argv = argv
  process.exitCode = exitCode
})

/** What is written to stderr, and the exit code. */
const told = (failed: Failure, ...words: readonly string[]) => {
  said = ""
  process.argv = ["node", "losslab", ...words]
  tellFailure(failed)
  const code = process.exitCode
  process.exitCode = exitCode
  return { said, code }
}

const twice = new Failure("data", [{ message: "a is gone", file: "a" }, { message: "b is gone" }])

describe("tellFailure", () => {
  it("writes every problem for people, and chooses the exit code", () => {
    expect(told(twice, "run", "a.yaml")).toEqual({
      said: "a  a is gone\n\nb is gone\n\n2 problems\n",
      code: 3,
    })
  })

  it("writes one line of JSON for programs, and chooses the same exit code", () => {
    const { said, code } = told(twice, "plan", "a.yaml", "--json")
    expect(said.endsWith("}\n")).toBe(true)
    expect(JSON.parse(said)).toMatchObject({ problems: [{ file: "a" }, { message: "b is gone" }] })
    expect(code).toBe(3)
  })

  it.each([
    ["usage", 2],
    ["interrupted", 75],
    ["bug", 70],
  ] as const)("ends with the code of the kind: %s with %d", (kind: FailureKind, code) => {
    expect(told(failure(kind, { message: "broken" })).code).toBe(code)
  })

  it("shows the stack of a fault of losslab's own, and that alone, when asked", () => {
    const cause = new TypeError("f is no function")
    const bug = failure("bug", { message: "broken" }, cause)
    expect(told(bug).said).toBe("broken\n")
    vi.stubEnv("LOSSLAB_STACK", "1")
    expect(told(bug).said).toBe(`broken\n${cause.stack}\n`)
    const own = failure("bug", { message: "broken" }, "no error")
    expect(told(own).said).toBe(`broken\n${own.stack}\n`)
    expect(told(twice).said).not.toContain("    at ")
  })
})
