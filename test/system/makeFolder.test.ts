import { stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { makeFolder } from "../../src/system/makeFolder.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

describe("makeFolder", () => {
  it("makes a folder and those above it, also when it is there and when ten make it at once", async () => {
    const folder = join(await temporaryFolder(), "a", "b", "c")
    await Promise.all(Array.from({ length: 10 }, () => makeFolder(folder)))
    await makeFolder(folder)
    expect((await stat(folder)).isDirectory()).toBe(true)
  })

  it("fails below a file", async () => {
    const file = join(await temporaryFolder(), "file")
    await writeFile(file, "")
    await expect(makeFolder(file)).rejects.toThrow("EEXIST")
    await expect(makeFolder(join(file, "a"))).rejects.toThrow("ENOTDIR")
  })

  it.runIf(process.platform === "linux")("fails below /proc instead of trying for ever", async () => {
    await expect(makeFolder("/proc/nowhere/a")).rejects.toThrow("ENOENT")
  })
})
