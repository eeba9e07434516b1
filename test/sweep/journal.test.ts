import { appendFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { appendJournal, readJournal } from "../../src/sweep/journal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

describe("the journal", () => {
  it("is empty before anything happened", async () => {
    expect(await readJournal(join(await temporaryFolder(), "journal.jsonl"))).toEqual([])
  })

  it("gives back what was written, in order, and leaves a torn last line out", async () => {
    const file = join(await temporaryFolder(), "journal.jsonl")
    await appendJournal(file, { event: "started", cell: "agBce" })
    await appendJournal(file, { event: "done", cell: "agBce", seconds: 3 })
    await appendFile(file, '{"at":"2026-')
    expect((await readJournal(file)).map((entry) => entry.event)).toEqual(["started", "done"])
  })
})
