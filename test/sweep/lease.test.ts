import { spawnSync } from "node:child_process"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { takeLease } from "../../src/sweep/lease.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const onLinux = process.platform === "linux"

/** A folder with this lease in it. */
const folderWith = async (lease: string): Promise<string> => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, ".lease"), lease)
  return folder
}

const since = "2026-01-01T00:00:00.000Z"

/** Takes the lease of a folder, and tells what it says. */
const taken = async (folder: string) => {
  const giveBack = await takeLease(folder)
  const holder: unknown = JSON.parse(await readFile(join(folder, ".lease"), "utf8"))
  return { giveBack, holder: holder as Readonly<Record<string, unknown>> }
}

describe("takeLease", () => {
  it("is given to one at a time, and names the holder", async () => {
    const folder = await temporaryFolder()
    const { giveBack, holder } = await taken(folder)
    await expect(takeLease(folder)).rejects.toMatchObject({
      kind: "environment",
      problems: [
        {
          file: folder,
          message: "another losslab is running in this directory",
          found: `process ${process.pid} on ${hostname()}, since ${String(holder.since)}`,
          fix: "wait for it, stop it, or choose another directory with --out",
        },
      ],
    })
    await giveBack()
    await (await takeLease(folder))()
    expect(await readdir(folder)).toEqual([])
  })

  it.runIf(onLinux)("says when the holder's process started, whatever that calls itself", async () => {
    const title = process.title
    process.title = "a) S 1 (b"
    const { holder } = await taken(await temporaryFolder()).finally(() => {
      process.title = title
    })
    // proc(5): the name stands in parentheses, and the start is the 20th field after it.
    const [, ticks] = /.*\)(?: \S+){19} (\d+) /s.exec(await readFile("/proc/self/stat", "utf8"))!
    expect(holder).toEqual({
      host: hostname(),
      pid: process.pid,
      startTicks: ticks,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    })
  })

  const gone = spawnSync(process.execPath, ["--version"]).pid
  const replaced: readonly (readonly [who: string, holder: object])[] = [
    ["is dead", { host: hostname(), pid: gone, startTicks: null, since }],
    [
      "has a pid that now is another process's",
      { host: hostname(), pid: process.pid, startTicks: "1", since },
    ],
  ]
  it.each(onLinux ? replaced : replaced.slice(0, 1))("replaces a holder who %s", async (_, dead) => {
    const folder = await folderWith(JSON.stringify(dead))
    const { giveBack, holder } = await taken(folder)
    expect(holder).toMatchObject({ pid: process.pid })
    expect(holder.since).not.toBe(since)
    await expect(takeLease(folder)).rejects.toThrow("another losslab is running")
    expect(await readdir(folder)).toEqual([".lease"])
    await giveBack()
    expect(await readdir(folder)).toEqual([])
  })

  it.each(["", '{"host":', "null", "\0\0\0"])("replaces a lease that is torn: %j", async (torn) => {
    const folder = await folderWith(torn)
    const { giveBack, holder } = await taken(folder)
    expect(holder).toMatchObject({ host: hostname(), pid: process.pid })
    await giveBack()
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    [
      "of whose process only the id is known",
      { host: hostname(), pid: process.pid, startTicks: null, since },
    ],
    [
      "on another host, whose processes cannot be seen",
      { host: "elsewhere", pid: 1, startTicks: "1", since },
    ],
    [
      "on another host with the id of a dead process here",
      { host: "elsewhere", pid: 2 ** 22 + 1, startTicks: null, since },
    ],
  ])("believes a holder %s", async (_, holder) => {
    const text = JSON.stringify(holder)
    const folder = await folderWith(text)
    await expect(takeLease(folder)).rejects.toMatchObject({
      problems: [{ found: `process ${holder.pid} on ${holder.host}, since ${since}` }],
    })
    expect(await readdir(folder)).toEqual([".lease"])
    expect(await readFile(join(folder, ".lease"), "utf8")).toBe(text)
  })

  it("says what to delete when another host is surely gone", async () => {
    const folder = await folderWith(JSON.stringify({ host: "elsewhere", pid: 1, startTicks: "1", since }))
    await expect(takeLease(folder)).rejects.toMatchObject({
      problems: [
        {
          fix: `wait for it, or choose another directory with --out; if that host is surely gone, delete ${join(folder, ".lease")}`,
        },
      ],
    })
  })

  it("does not take a lease that it cannot read for a dead one", async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, ".lease"))
    await expect(takeLease(folder)).rejects.toThrow("EISDIR")
    expect(await readdir(folder)).toEqual([".lease"])
  })

  it("throws what the system says where no lease can be made", async () => {
    await expect(takeLease(join(await temporaryFolder(), "gone"))).rejects.toThrow("ENOENT")
  })

  it("goes to exactly one of twenty that race", async () => {
    const folder = await temporaryFolder()
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => takeLease(folder)))
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(await readdir(folder)).toEqual([".lease"])
  })
})
