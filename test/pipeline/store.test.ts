import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openStore } from "../../src/pipeline/store.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const opened = async () => {
  const root = await temporaryFolder()
  const warnings: string[] = []
  return { root, warnings, store: openStore(root, (message) => void warnings.push(message)) }
}

const fill = (text: string) => async (folder: string) => {
  await mkdir(join(folder, "deep"))
  await writeFile(join(folder, "deep", "file.txt"), text)
}

describe("openStore", () => {
  it("finds what was published, and nothing else", async () => {
    const { store } = await opened()
    expect(await store.find("load", "abc")).toBeUndefined()
    const folder = await store.publish("load", "abc", fill("one"))
    expect(await store.find("load", "abc")).toBe(folder)
    expect(await readFile(join(folder, "deep", "file.txt"), "utf8")).toBe("one")
  })

  it("publishes nothing when filling fails, and leaves no trace", async () => {
    const { root, store } = await opened()
    await expect(store.publish("load", "abc", () => Promise.reject(new Error("disk full")))).rejects.toThrow(
      "disk full",
    )
    expect(await readdir(join(root, "load"))).toEqual([])
  })

  it("does not count a folder without its manifest", async () => {
    const { root, store } = await opened()
    await mkdir(join(root, "load", "abc"), { recursive: true })
    await writeFile(join(root, "load", "abc", "file.txt"), "half")
    expect(await store.find("load", "abc")).toBeUndefined()
    const folder = await store.publish("load", "abc", fill("whole"))
    expect(await readdir(folder)).toEqual(["deep", "manifest.json"])
  })

  it("sets a damaged artefact aside, loudly, and makes room for a new one", async () => {
    const { root, warnings, store } = await opened()
    const folder = await store.publish("train", "abc", fill("weights"))
    await appendFile(join(folder, "deep", "file.txt"), "!")
    expect(await store.find("train", "abc")).toBeUndefined()
    expect(warnings.join()).toContain("file.txt has the wrong size")
    expect(await readdir(join(root, "train"))).toEqual(["abc.corrupt-1"])
    await store.publish("train", "abc", fill("weights"))
    expect(await store.find("train", "abc")).toBe(folder)
  })

  it("notices a flipped bit of the same size", async () => {
    const { warnings, store } = await opened()
    const folder = await store.publish("train", "abc", fill("weights"))
    await writeFile(join(folder, "deep", "file.txt"), "weightz")
    expect(await store.find("train", "abc")).toBeUndefined()
    expect(warnings.join()).toContain("does not match its checksum")
  })

  it("lets the faster of two writers win", async () => {
    const { store } = await opened()
    const folders = await Promise.all([
      store.publish("load", "abc", fill("same")),
      store.publish("load", "abc", fill("same")),
    ])
    expect(folders[0]).toBe(folders[1])
    expect(await store.find("load", "abc")).toBe(folders[0])
  })

  it("clears the scratch folder of a key when its artefact is published", async () => {
    const { store } = await opened()
    const scratch = store.scratch("train", "abc")
    await mkdir(scratch, { recursive: true })
    await writeFile(join(scratch, "checkpoint"), "x")
    await store.publish("train", "abc", fill("weights"))
    await expect(readdir(scratch)).rejects.toThrow("ENOENT")
    await rm(scratch, { force: true })
  })
})
