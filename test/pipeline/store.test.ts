import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises"
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
    const { root, store, warnings } = await opened()
    await mkdir(join(root, "load", "abc"), { recursive: true })
    await writeFile(join(root, "load", "abc", "file.txt"), "half")
    expect(await store.has("load", "abc")).toBe(false)
    expect(await store.find("load", "abc")).toBeUndefined()
    expect(warnings).toEqual([]) // not damaged: never whole
    const folder = await store.publish("load", "abc", fill("whole"))
    expect(await readdir(folder)).toEqual(["deep", "manifest.json"])
    expect(await store.has("load", "abc")).toBe(true)
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

  it("lets the faster of two writers win, whatever the slower one made", async () => {
    const { root, store, warnings } = await opened()
    let slow = ""
    const slower = store.publish("load", "abc", async (folder) => {
      // The faster one begins and ends while this one works.
      slow = await store.publish("load", "abc", fill("fast"))
      await fill("slow, and longer")(folder)
    })
    expect(await slower).toBe(slow)
    expect(await readFile(join(slow, "deep", "file.txt"), "utf8")).toBe("fast")
    expect(await store.find("load", "abc")).toBe(slow)
    expect(warnings).toEqual([])
    expect(await readdir(join(root, "load"))).toEqual(["abc"])
  })

  it("keeps what two writers at once make, of one of them", async () => {
    const { root, store } = await opened()
    const texts = ["one", "another"]
    const folders = await Promise.all(texts.map((text) => store.publish("load", "abc", fill(text))))
    expect(folders[0]).toBe(folders[1])
    expect(await store.find("load", "abc")).toBe(folders[0])
    expect(texts).toContain(await readFile(join(folders[0]!, "deep", "file.txt"), "utf8"))
    expect(await readdir(join(root, "load"))).toEqual(["abc"])
  })

  it("keeps stages and keys apart", async () => {
    const { store } = await opened()
    await store.publish("load", "abc", fill("one"))
    expect(await store.find("train", "abc")).toBeUndefined()
    expect(await store.find("load", "abd")).toBeUndefined()
    expect([await store.has("load", "abc"), await store.has("train", "abc")]).toEqual([true, false])
  })

  it("has what it would not find: only finding checks the bytes", async () => {
    const { store, warnings } = await opened()
    const folder = await store.publish("load", "abc", fill("one"))
    await writeFile(join(folder, "deep", "file.txt"), "two")
    expect(await store.has("load", "abc")).toBe(true)
    expect(warnings).toEqual([])
  })

  it("lists every file but the list itself with its size and sum", async () => {
    const { store } = await opened()
    const folder = await store.publish("load", "abc", async (temporary) => {
      await fill("abc")(temporary)
      await writeFile(join(temporary, "empty"), "")
    })
    expect(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))).toEqual({
      files: {
        // printf abc | sha256sum, and of nothing
        "deep/file.txt": {
          bytes: 3,
          sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        },
        empty: {
          bytes: 0,
          sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        },
      },
    })
  })

  it.each<[string, (folder: string) => Promise<void>, string]>([
    ["a file is gone", (folder) => rm(join(folder, "deep", "file.txt")), "ENOENT"],
    ["its list is cut short", (folder) => truncate(join(folder, "manifest.json"), 20), "JSON"],
    ["its list lists nothing", (folder) => writeFile(join(folder, "manifest.json"), "{}"), ""],
  ])("sets an artefact aside when %s", async (_, damage, reason) => {
    const { root, warnings, store } = await opened()
    const folder = await store.publish("train", "0123456789", fill("weights"))
    await damage(folder)
    expect(await store.find("train", "0123456789")).toBeUndefined()
    const aside = join(root, "train", "0123456789.corrupt-1")
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^the stored train 01234567 is damaged \(/)
    expect(warnings[0]).toContain(reason)
    expect(warnings[0]).toContain(`it was set aside as ${aside} and is made again`)
    expect(await readdir(join(root, "train"))).toEqual(["0123456789.corrupt-1"])
  })

  it("says that it cannot be written where the system refuses, and passes on what filling throws", async () => {
    const root = join(await temporaryFolder(), "file")
    await writeFile(root, "")
    const store = openStore(root, () => undefined)
    await expect(store.publish("load", "abc", fill("one"))).rejects.toMatchObject({
      kind: "environment",
      problems: [
        { message: "the store cannot be written", file: root, found: "a part of the path is a file" },
      ],
    })
    const { store: blocked, root: blockedRoot } = await opened()
    await mkdir(join(blockedRoot, "load"), { recursive: true })
    await writeFile(join(blockedRoot, "load", "abc"), "a file where the artefact's folder belongs")
    await expect(blocked.publish("load", "abc", fill("one"))).rejects.toMatchObject({
      problems: [{ message: "the store cannot be written", file: blockedRoot }],
    })
    const full = Object.assign(new Error("no space"), { code: "ENOSPC" })
    const { store: other, root: place } = await opened()
    await expect(other.publish("load", "abc", () => Promise.reject(full))).rejects.toMatchObject({
      cause: full,
      problems: [
        {
          message: "the store cannot be written",
          file: place,
          found: "the disk is full",
          fix: "free some disk space",
        },
      ],
    })
  })

  it("clears the scratch folder of a key when its artefact is published", async () => {
    const { store } = await opened()
    const scratch = store.scratch("train", "abc")
    const other = store.scratch("train", "abd")
    await mkdir(other, { recursive: true })
    await mkdir(scratch, { recursive: true })
    await writeFile(join(scratch, "checkpoint"), "x")
    await store.publish("train", "abc", fill("weights"))
    expect(await readdir(other)).toEqual([])
    await expect(readdir(scratch)).rejects.toThrow("ENOENT")
  })
})
