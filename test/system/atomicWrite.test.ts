import { mkdir, open, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { afterEach, describe, expect, it, vi } from "vitest"
import { Failure } from "../../src/failure/failure.ts"
import { writeFileAtomic } from "../../src/system/atomicWrite.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, open: vi.fn(actual.open), rename: vi.fn(actual.rename), unlink: vi.fn(actual.unlink) }
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.resetAllMocks()
})

const systemError = (code: string) => Object.assign(new Error(code), { code })

/** Lets files that are opened from now on note their fsync and close, and the renames between them.
 *  @param refuse an operation that the system refuses */
const watched = async (refuse?: {
  readonly operation: string
  readonly code: string
}): Promise<readonly string[]> => {
  const done: string[] = []
  const actual = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises")
  const note = (operation: string): void => {
    if (refuse?.operation === operation) throw systemError(refuse.code)
    done.push(operation)
  }
  vi.mocked(open).mockImplementation(async (path, flags) => {
    const what = flags === "wx" ? "new file" : "folder"
    note(`open ${what}`)
    const handle = await actual.open(path, flags)
    for (const name of ["writeFile", "sync", "close"] as const) {
      const operation = handle[name].bind(handle) as (...given: readonly unknown[]) => Promise<void>
      Object.assign(handle, {
        [name]: async (...given: readonly unknown[]) => {
          if (name === "close") await operation()
          note(`${name} ${what}`)
          if (name !== "close") await operation(...given)
        },
      })
    }
    return handle
  })
  vi.mocked(rename).mockImplementation(async (from, to) => {
    note("rename")
    await actual.rename(from, to)
  })
  return done
}

describe("writeFileAtomic", () => {
  it("replaces a file and leaves nothing else in the folder", async () => {
    const here = await temporaryFolder()
    await writeFile(join(here, "a.txt"), "a longer old text")
    await writeFileAtomic(join(here, "a.txt"), "new")
    expect(await readFile(join(here, "a.txt"), "utf8")).toBe("new")
    expect(await readdir(here)).toEqual(["a.txt"])
  })

  it("writes bytes as they are", async () => {
    const file = join(await temporaryFolder(), "a.bin")
    await writeFileAtomic(file, Uint8Array.of(0, 255, 10, 128))
    expect([...(await readFile(file))]).toEqual([0, 255, 10, 128])
  })

  it("has every byte on the disk before the name, and the name before it returns", async () => {
    const here = await temporaryFolder()
    const done = await watched()
    await writeFileAtomic(join(here, "a.txt"), "new")
    expect(done).toEqual([
      ...["open new file", "writeFile new file", "sync new file", "close new file", "rename"],
      ...["open folder", "sync folder", "close folder"],
    ])
    const [[temporary]] = vi.mocked(open).mock.calls as [[string]]
    expect(join(temporary, "..")).toBe(here)
    expect(basename(temporary)).toMatch(new RegExp(`^\\.losslab-${process.pid}-[0-9a-f]{12}\\.tmp$`))
  })

  it("opens no folder on Windows, which cannot", async () => {
    const here = await temporaryFolder()
    const done = await watched()
    vi.spyOn(process, "platform", "get").mockReturnValue("win32")
    await writeFileAtomic(join(here, "a.txt"), "new")
    expect(done.at(-1)).toBe("rename")
  })

  it("leaves either one or the other of two writers' contents", async () => {
    const here = await temporaryFolder()
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
    await Promise.all(contents.map((content) => writeFileAtomic(join(here, "a.txt"), content)))
    expect(contents).toContain(await readFile(join(here, "a.txt"), "utf8"))
    expect(await readdir(here)).toEqual(["a.txt"])
  })

  it.each([
    ["writeFile new file", "ENOSPC", "the disk is full", "free some disk space"],
    ["sync new file", "EIO", "the disk reports an error", "check the disk, or choose another one"],
    ["close new file", "EDQUOT", "the disk quota is used up", "free some of your disk quota"],
    ["rename", "EDOOFUS", "EDOOFUS", undefined],
  ])(
    "keeps the old content and no temporary file when the system refuses to %s",
    async (operation, code, found, fix) => {
      const here = await temporaryFolder()
      const file = join(here, "a.txt")
      await writeFile(file, "old")
      await watched({ operation, code })
      const failed = await writeFileAtomic(file, "new").catch((error: unknown) => error)
      expect(failed).toBeInstanceOf(Failure)
      const { kind, problems, cause } = failed as Failure
      expect(kind).toBe("environment")
      expect(problems).toStrictEqual([
        { message: "the file cannot be written", file, found, ...(fix === undefined ? {} : { fix }) },
      ])
      expect(cause).toMatchObject({ code })
      expect(await readFile(file, "utf8")).toBe("old")
      expect(await readdir(here)).toEqual(["a.txt"])
    },
  )

  it("tells that the name may be lost when the folder cannot be made durable", async () => {
    const here = await temporaryFolder()
    const done = await watched({ operation: "sync folder", code: "EIO" })
    await expect(writeFileAtomic(join(here, "a.txt"), "new")).rejects.toThrow("the file cannot be written")
    expect(done.at(-1)).toBe("close folder")
  })

  it("has removed its temporary file before it fails", async () => {
    const here = await temporaryFolder()
    await watched({ operation: "rename", code: "EROFS" })
    let removed = false
    vi.mocked(unlink).mockImplementation(async () => {
      await setImmediate()
      removed = true
    })
    await expect(writeFileAtomic(join(here, "a.txt"), "new")).rejects.toThrow(Failure)
    expect(removed).toBe(true)
  })

  it("tells what went wrong first when the temporary file cannot be removed either", async () => {
    const here = await temporaryFolder()
    await watched({ operation: "rename", code: "EROFS" })
    vi.mocked(unlink).mockRejectedValue(systemError("EPERM"))
    await expect(writeFileAtomic(join(here, "a.txt"), "new")).rejects.toMatchObject({
      problems: [{ found: "the disk is read-only" }],
    })
  })

  it("names the path and the cause when the folder is missing", async () => {
    const file = join(await temporaryFolder(), "missing", "a.txt")
    await expect(writeFileAtomic(file, "x")).rejects.toMatchObject({
      kind: "environment",
      problems: [{ file, fix: "create the folder first, or choose another one" }],
    })
  })

  it("does not put a file in the place of a folder", async () => {
    const here = join(await temporaryFolder(), "folder")
    await mkdir(here)
    await expect(writeFileAtomic(here, "x")).rejects.toThrow(Failure)
    expect(await readdir(here)).toEqual([])
    expect(await readdir(join(here, ".."))).toEqual(["folder"])
  })
})
