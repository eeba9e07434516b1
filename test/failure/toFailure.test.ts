import { describe, expect, it } from "vitest"
import { failure } from "../../src/failure/failure.ts"
import { toFailure } from "../../src/failure/toFailure.ts"

const systemError = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: words of the system`), { code, ...(path && { path }) })

describe("toFailure", () => {
  it("leaves a failure as it is", () => {
    const failed = failure("data", { message: "damaged" })
    expect(toFailure(failed)).toBe(failed)
  })

  it("says what the system's error is in our words, where, and what to do about it", () => {
    const { kind, problems } = toFailure(systemError("EROFS", "runs/a"))
    expect(kind).toBe("environment")
    expect(problems).toEqual([
      {
        message: "the disk is read-only",
        file: "runs/a",
        found: "EROFS: words of the system",
        fix: "choose a folder on a disk that is not read-only",
      },
    ])
  })

  it.each([
    ["an error of a program", new TypeError("f is not a function"), "f is not a function"],
    ["a code that nobody expects", systemError("EDOOFUS"), "EDOOFUS: words of the system"],
    ["what is no error", "a text", "a text"],
  ])("takes %s for a fault of losslab's own, to be reported", (_, thrown, words) => {
    const { kind, problems } = toFailure(thrown)
    expect(kind).toBe("bug")
    expect(problems).toEqual([
      {
        message: `losslab failed unexpectedly: ${words}`,
        fix: "run it again with LOSSLAB_STACK=1 for the stack, and report it",
      },
    ])
  })

  it("takes what is undefined or null for a fault, too", () => {
    for (const thrown of [undefined, null])
      expect(toFailure(thrown)).toMatchObject({
        kind: "bug",
        message: `losslab failed unexpectedly: ${String(thrown)}`,
      })
  })

  it("keeps what was thrown as its cause", () => {
    for (const thrown of [systemError("EROFS"), new TypeError("a bug")])
      expect(toFailure(thrown).cause).toBe(thrown)
  })

  it("says no more of a system's error than it knows", () => {
    const { problems } = toFailure({ code: "EROFS" })
    expect(problems).toStrictEqual([
      { message: "the disk is read-only", fix: "choose a folder on a disk that is not read-only" },
    ])
  })
})
