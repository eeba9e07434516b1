import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { Failure } from "../../src/failure/failure.ts"
import { writeFileAtomic } from "../../src/system/atomicWrite.ts"

const folder = () => mkdtemp(join(tmpdir(), "losslab-"))

describe("writeFileAtomic", () => {
  it("replaces a file and leaves nothing else in the folder", async () => {
    const here = await folder()
    await writeFile(join(here, "a.txt"), "a longer old text")
    await writeFileAtomic(join(here, "a.txt"), "new")
    expect(await readFile(join(here, "a.txt"), "utf8")).toBe("new")
    expect(await readdir(here)).toEqual(["a.txt"])
  })

  it("leaves either one or the other of two writers' contents", async () => {
    const here = await folder()
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
    await Promise.all(contents.map((content) => writeFileAtomic(join(here, "a.txt"), content)))
    expect(contents).toContain(await readFile(join(here, "a.txt"), "utf8"))
    expect(await readdir(here)).toEqual(["a.txt"])
  })

  it("names the path and the cause when the folder is missing", async () => {
    const path = join(await folder(), "missing", "a.txt")
    const error = await writeFileAtomic(path, "x").catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Failure)
    expect(error).toMatchObject({
      kind: "environment",
      problems: [{ file: path, fix: "create the folder first, or choose another one" }],
    })
  })

  it("keeps the old content and no temporary file when the rename fails", async () => {
    const here = await folder()
    await writeFileAtomic(join(await folder(), "ok"), "x")
    // A folder cannot be replaced by a file.
    await expect(writeFileAtomic(here, "x")).rejects.toThrow(Failure)
    expect(await readdir(here)).toEqual([])
  })
})
