import { existsSync } from "node:fs"
import { readdir, readFile, rename, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { afterEach, describe, expect, it, vi } from "vitest"
import { verifiedFolder } from "../../src/system/verifiedFolder.ts"
import { refusal } from "../data/support/refusal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, rename: vi.fn(actual.rename) }
})
const actual = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises")
afterEach(() => {
  vi.mocked(rename).mockReset()
})

const fill = (into: string) => writeFile(join(into, "a.txt"), "alpha")

/** A folder that was damaged. */
const damaged = async () => {
  const parent = await temporaryFolder()
  const folder = join(parent, "made")
  vi.mocked(rename).mockImplementation(actual.rename)
  await verifiedFolder(folder, fill)
  await writeFile(join(folder, "a.txt"), "beta")
  return { parent, folder }
}

/** Lets the renames that end in this name fail. */
const failing = (name: string, code: string) =>
  vi.mocked(rename).mockImplementation(async (from, to) => {
    if (basename(String(to)) === name) throw Object.assign(new Error(code), { code })
    await actual.rename(from, to)
  })

describe("verifiedFolder", () => {
  it("puts the new folder in its place when the damaged one is gone", async () => {
    const { folder } = await damaged()
    const steps: string[] = []
    vi.mocked(rename).mockImplementation(async (from, to) => {
      const name = basename(String(to))
      steps.push(`${name} begins`)
      for (let turn = 0; turn < 5; turn++) await setImmediate()
      await actual.rename(from, to)
      steps.push(`${name} ends`)
    })
    await verifiedFolder(folder, fill)
    expect(steps.slice(-4)).toEqual(["damaged begins", "damaged ends", "made begins", "made ends"])
    expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("alpha")
  })

  it("fills a folder that is there", async () => {
    const folder = join(await temporaryFolder(), "made")
    vi.mocked(rename).mockImplementation(actual.rename)
    let isThere = false
    await verifiedFolder(folder, async (into) => {
      isThere = existsSync(into)
    })
    expect(isThere).toBe(true)
  })

  it.each(["ENOTEMPTY", "EEXIST", "EPERM"])(
    "leaves the folder to another process that was sooner, as one system or the other says: %s",
    async (code) => {
      const { parent, folder } = await damaged()
      failing("made", code)
      await verifiedFolder(folder, fill)
      expect(await readdir(parent)).toEqual([])
    },
  )

  it("is content when another process has moved the damaged folder away", async () => {
    const { parent, folder } = await damaged()
    await actual.rename(folder, join(parent, "moved"))
    failing("damaged", "ENOENT")
    await verifiedFolder(folder, fill)
    expect((await readdir(parent)).sort()).toEqual(["made", "moved"])
  })

  it.each(["damaged", "made"])("fails when the rename to %s is not permitted", async (name) => {
    const { folder } = await damaged()
    failing(name, "EACCES")
    const { kind, problems } = await refusal(verifiedFolder(folder, fill))
    expect([kind, problems[0]!.found]).toEqual(["environment", "there is no permission"])
  })
})
