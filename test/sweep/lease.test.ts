import { readdir, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { takeLease } from "../../src/sweep/lease.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

describe("takeLease", () => {
  it("is given to one at a time, and names the holder", async () => {
    const folder = await temporaryFolder()
    const giveBack = await takeLease(folder)
    await expect(takeLease(folder)).rejects.toMatchObject({
      kind: "environment",
      problems: [
        {
          message: "another losslab is running in this directory",
          found: expect.stringContaining(String(process.pid)),
        },
      ],
    })
    await giveBack()
    await (await takeLease(folder))()
    expect(await readdir(folder)).toEqual([])
  })

  it("replaces a holder that is dead", async () => {
    const folder = await temporaryFolder()
    const dead = { host: hostname(), pid: 2 ** 22 + 1, startTicks: "1", since: "2026-01-01T00:00:00.000Z" }
    await writeFile(join(folder, ".lease"), JSON.stringify(dead))
    await (await takeLease(folder))()
  })

  it("replaces a holder whose pid now belongs to another process", async () => {
    const folder = await temporaryFolder()
    const reused = { host: hostname(), pid: process.pid, startTicks: "1", since: "2026-01-01T00:00:00.000Z" }
    await writeFile(join(folder, ".lease"), JSON.stringify(reused))
    await (await takeLease(folder))()
  })

  it("replaces a lease that a kill left torn", async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, ".lease"), '{"host":')
    await (await takeLease(folder))()
  })

  it("believes a holder on another host", async () => {
    const folder = await temporaryFolder()
    const far = { host: "elsewhere", pid: 1, startTicks: "1", since: "2026-01-01T00:00:00.000Z" }
    await writeFile(join(folder, ".lease"), JSON.stringify(far))
    await expect(takeLease(folder)).rejects.toMatchObject({
      problems: [{ fix: expect.stringContaining(`delete ${join(folder, ".lease")}`) }],
    })
  })

  it("goes to exactly one of twenty that race", async () => {
    const folder = await temporaryFolder()
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => takeLease(folder)))
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
  })
})
