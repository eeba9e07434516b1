import { symlinkSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { isThere, plainFileSize } from "../../../src/data/files/plainFile.ts"
import { useFolder } from "../../support/folder.ts"
import { refusal } from "../support/refusal.ts"

const write = useFolder()

describe("plainFileSize", () => {
  it("is the size of a file, or of what a link leads to", async () => {
    write("a", "12345")
    symlinkSync("a", "link")
    expect([
      await plainFileSize("a"),
      await plainFileSize("link"),
      await plainFileSize(write("b", "")),
    ]).toEqual([5, 5, 0])
  })

  it("refuses what is not there, a folder, a device, and what cannot be reached", async () => {
    write("a", "")
    const unreadable = { message: "the file cannot be read", fix: "name a file that you may read" }
    for (const [file, problem] of [
      ["gone", { message: "there is no such file", fix: "check the path" }],
      [".", { ...unreadable, found: "it is a folder" }],
      ["/dev/null", { ...unreadable, found: "it is not a plain file" }],
      ["a/b", { ...unreadable, found: expect.any(String) }],
    ] as const)
      expect(await refusal(plainFileSize(file))).toMatchObject({
        kind: "data",
        problems: [{ file, ...problem }],
      })
  })
})

describe("isThere", () => {
  it("is true of a file, a folder and a link to one, and of nothing else", async () => {
    write("a", "")
    symlinkSync("a", "link")
    symlinkSync("gone", "broken")
    expect(await Promise.all(["a", ".", "link", "broken", "gone"].map(isThere))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})
