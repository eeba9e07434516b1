import { appendFile, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { appendJournal, readJournal } from "../../src/sweep/journal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const journalFile = async (): Promise<string> => join(await temporaryFolder(), "journal.jsonl")

const now = "2026-03-01T09:30:00.000Z"
const started = { event: "started", cell: "agBce" } as const
const done = { event: "done", cell: "agBce", seconds: 3 } as const

afterEach(() => void vi.useRealTimers())

describe("the journal", () => {
  it("is empty before anything happened", async () => {
    expect(await readJournal(await journalFile())).toEqual([])
  })

  it("gives back what was written, in order, each with its time", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) })
    const file = await journalFile()
    await appendJournal(file, started)
    await appendJournal(file, done)
    expect(await readJournal(file)).toEqual([
      { at: now, ...started },
      { at: now, ...done },
    ])
  })

  it.each(["", "{", '{"at":"2026-', '{"at":"x","event":"done","cell":"agBce","seconds":3}'])(
    "leaves out a last line that was torn after %j",
    async (torn) => {
      const file = await journalFile()
      await appendJournal(file, started)
      await appendFile(file, torn)
      expect((await readJournal(file)).map(({ event }) => event)).toEqual(["started"])
    },
  )

  it("loses a torn line alone when another is added to it", async () => {
    const file = await journalFile()
    await appendJournal(file, started)
    await appendFile(file, '{"at":"2026-')
    for (const cell of ["lost", "focal"]) await appendJournal(file, { event: "kept", cell })
    expect((await readJournal(file)).map((entry) => ("cell" in entry ? entry.cell : entry.event))).toEqual([
      "agBce",
      "focal",
    ])
  })

  it("is not taken for an empty one when it cannot be read", async () => {
    const file = await journalFile()
    await mkdir(file)
    await expect(readJournal(file)).rejects.toThrow("EISDIR")
  })

  it("writes an entry as one line, whatever is in its texts", async () => {
    const file = await journalFile()
    await writeFile(file, "")
    const failed = { event: "failed", cell: 'a "b"', kind: "data", message: "two\nlines\u2028" } as const
    await appendJournal(file, failed)
    await appendJournal(file, { event: "reported" })
    expect(await readJournal(file)).toMatchObject([failed, { event: "reported" }])
  })
})
