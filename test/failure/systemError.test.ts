import { describe, expect, it } from "vitest"
import { reasonOf, systemError } from "../../src/failure/systemError.ts"

const withCode = (code: unknown, message = "words of the system") =>
  Object.assign(new Error(message), { code })

describe("systemError", () => {
  it.each([
    ["ENOENT", "there is no such file or folder", "create the folder first, or choose another one"],
    ["ENOSPC", "the disk is full", "free some disk space"],
    ["EDQUOT", "the disk quota is used up", "free some of your disk quota"],
    ["EROFS", "the disk is read-only", "choose a folder on a disk that is not read-only"],
    ["EACCES", "there is no permission", "choose a folder that you may write to, or mend its permissions"],
    ["EPERM", "there is no permission", "choose a folder that you may write to, or mend its permissions"],
    ["EMFILE", "too many files are open", "raise the limit of open files (ulimit -n)"],
    ["ENOTDIR", "a part of the path is a file", "choose another folder"],
    ["EEXIST", "something else stands at this path", "choose another folder"],
    ["EIO", "the disk reports an error", "check the disk, or choose another one"],
  ])("says of %s that %s, and what to do", (code, message, fix) => {
    expect(systemError(withCode(code))).toEqual({ message, fix })
    expect(reasonOf(withCode(code))).toBe(message)
  })

  it.each([
    ["an unexpected code", withCode("EDOOFUS")],
    ["a code that is no text", withCode(["EIO"])],
  ])("has no words for %s, whose own are told", (_, error) => {
    expect(systemError(error)).toBeUndefined()
    expect(reasonOf(error)).toBe("words of the system")
  })

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    ["a text", "a text"],
    [new TypeError("a bug"), "a bug"],
  ])("has no words for %s", (thrown, told) => {
    expect(systemError(thrown)).toBeUndefined()
    expect(reasonOf(thrown)).toBe(told)
  })
})
