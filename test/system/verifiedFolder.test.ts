import { spawnSync } from "node:child_process"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { failure } from "../../src/failure/failure.ts"
import { verifiedFolder } from "../../src/system/verifiedFolder.ts"
import { refusal } from "../data/support/refusal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const setUp = async () => {
  const parent = await temporaryFolder()
  const folder = join(parent, "made")
  const calls: string[] = []
  const fill = async (into: string) => {
    calls.push(into)
    await mkdir(join(into, "sub"))
    await writeFile(join(into, "sub", "a.txt"), "alpha")
  }
  return { parent, folder, calls, fill }
}

describe("verifiedFolder", () => {
  it("fills a folder once and leaves nothing beside it", async () => {
    const { parent, folder, calls, fill } = await setUp()
    await verifiedFolder(folder, fill)
    await verifiedFolder(folder, fill)
    expect(calls).toHaveLength(1)
    expect(await readdir(parent)).toEqual(["made"])
    // echo -n alpha | sha256sum
    expect(calls[0]).toMatch(new RegExp(`/\\.making-${hostname()}-${process.pid}-[0-9a-f]{8}/complete$`))
    const digest = "8ed3f6ad685b959ead7022518e1af76cd816f8e8ec7ccdda1ed4018e8f2223f8"
    expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe(
      `{\n  "files": {\n    "sub/a.txt": "${digest}"\n  }\n}\n`,
    )
  })

  it("makes the folders above it first", async () => {
    const { parent, fill } = await setUp()
    const folder = join(parent, "a", "b", "c", "made")
    await verifiedFolder(folder, fill)
    expect(await readFile(join(folder, "sub", "a.txt"), "utf8")).toBe("alpha")
  })

  it("lists files by their paths, in whatever order a folder gives them", async () => {
    const { folder, fill } = await setUp()
    await verifiedFolder(folder, async (into) => {
      await writeFile(join(into, "z.txt"), "")
      await fill(into)
      await writeFile(join(into, "b.txt"), "")
    })
    const { files } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as { files: object }
    expect(Object.keys(files)).toEqual(["b.txt", "sub/a.txt", "z.txt"])
  })

  it.each([
    ["a changed file", (folder: string) => writeFile(join(folder, "sub", "a.txt"), "Alpha")],
    ["a missing file", (folder: string) => rm(join(folder, "sub", "a.txt"))],
    ["a file too many", (folder: string) => writeFile(join(folder, "b.txt"), "")],
    ["a missing manifest", (folder: string) => rm(join(folder, "manifest.json"))],
  ])("makes the folder again after %s", async (_, damage) => {
    const { parent, folder, calls, fill } = await setUp()
    await verifiedFolder(folder, fill)
    await damage(folder)
    await verifiedFolder(folder, fill)
    expect(calls).toHaveLength(2)
    expect(await readFile(join(folder, "sub", "a.txt"), "utf8")).toBe("alpha")
    expect(await readdir(folder)).toEqual(["manifest.json", "sub"])
    expect(await readdir(parent)).toEqual(["made"])
  })

  it("gives one whole folder to many who ask at once", async () => {
    const { parent, folder, fill } = await setUp()
    await Promise.all(Array.from({ length: 8 }, () => verifiedFolder(folder, fill)))
    expect(await readFile(join(folder, "sub", "a.txt"), "utf8")).toBe("alpha")
    expect(await readdir(parent)).toEqual(["made"])
  })

  it("sweeps what a killed process left, and no living one's or other machine's", async () => {
    const { parent, folder, fill } = await setUp()
    const dead = spawnSync(process.execPath, ["--version"]).pid
    const left = (host: string, pid: number) => `.making-${host}-${pid}-0badcafe`
    const others = [left(hostname(), process.ppid), left("elsewhere", dead)]
    for (const name of [left(hostname(), dead), ...others])
      await mkdir(join(parent, name, "complete"), { recursive: true })
    await verifiedFolder(folder, fill)
    expect(await readdir(parent)).toEqual([...others, "made"].sort())
  })

  it("leaves nothing when filling fails, and says where", async () => {
    const { parent, folder } = await setUp()
    const cause = new Error("disk full")
    const failed = await refusal(verifiedFolder(folder, () => Promise.reject(cause)))
    expect(failed.kind).toBe("environment")
    expect(failed.problems).toEqual([
      {
        message: "the folder cannot be made",
        file: folder,
        found: "disk full",
        fix: "choose a folder that you may write to, on a disk with room",
      },
    ])
    expect(failed.cause).toBe(cause)
    expect(await readdir(parent)).toEqual([])
  })

  it("passes on a failure of the filling as it is", async () => {
    const { folder } = await setUp()
    const failed = failure("data", { message: "the archive is damaged" })
    expect(await refusal(verifiedFolder(folder, () => Promise.reject(failed)))).toBe(failed)
  })
})
