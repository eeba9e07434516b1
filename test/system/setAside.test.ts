import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { setAside } from "../../src/system/setAside.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

describe("setAside", () => {
  it("renames to the first name that is free, and gives it back", async () => {
    const folder = await temporaryFolder()
    const file = join(folder, "a.json")
    await writeFile(`${file}.corrupt-1`, "earlier")
    await mkdir(`${file}.corrupt-2`)
    await writeFile(`${file}.corrupt-4`, "earlier")
    await writeFile(file, "damaged")
    expect(await setAside(file)).toBe(`${file}.corrupt-3`)
    expect(await readFile(`${file}.corrupt-3`, "utf8")).toBe("damaged")
    expect(await readFile(`${file}.corrupt-1`, "utf8")).toBe("earlier")
    expect((await readdir(folder)).sort()).toEqual([1, 2, 3, 4].map((i) => `a.json.corrupt-${i}`))
  })

  it("renames folders, too", async () => {
    const folder = join(await temporaryFolder(), "key")
    await mkdir(join(folder, "below"), { recursive: true })
    expect(await readdir(await setAside(folder))).toEqual(["below"])
    await expect(readdir(folder)).rejects.toThrow("ENOENT")
  })

  it("throws the system's error where there is nothing to rename", async () => {
    await expect(setAside(join(await temporaryFolder(), "gone"))).rejects.toThrow("ENOENT")
  })
})
