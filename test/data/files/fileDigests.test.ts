import { createHash } from "node:crypto"
import { readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { fileDigests } from "../../../src/data/files/fileDigests.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")
const cache = "below/digests.json"
const kept = () =>
  JSON.parse(readFileSync(cache, "utf8")) as Record<string, { stamp: string; sha256: string }>

/** What another process that ends well would do. */
const digestOf = async (file: string, cacheFile?: string) => {
  const digests = fileDigests(cacheFile)
  const digest = await digests.of(file)
  await digests.save()
  return digest
}

describe("fileDigests", () => {
  it("are SHA-256 of the content, whatever its length", async () => {
    for (const text of ["", "losslab", "x".repeat(3_000_000)])
      expect(await digestOf(write("a", text))).toBe(sha256(text))
  })

  it("are remembered by the whole path, so that the next process reads nothing again", async () => {
    write("a", "one")
    await digestOf("a", cache)
    const [path] = Object.keys(kept())
    expect(path).toBe(`${process.cwd()}/a`)
    // A digest that no content has shows where it comes from.
    const made = "0".repeat(64)
    write(cache, JSON.stringify({ [path!]: { ...kept()[path!], sha256: made } }))
    expect(await digestOf("a", cache)).toBe(made)
    expect(await digestOf(path!, cache)).toBe(made)
    expect(await digestOf("a")).toBe(sha256("one"))
  })

  it("are made anew for a file that has another size, time or inode", async () => {
    write("a", "one")
    await digestOf("a", cache)
    write("a", "three")
    expect(await digestOf("a", cache)).toBe(sha256("three"))
    // Written anew with the same length, and dated as before.
    const { atime, mtime } = statSync("a")
    write("a", "seven")
    utimesSync("a", atime, mtime)
    expect(await digestOf("a", cache)).toBe(sha256("seven"))
    expect(Object.values(kept())).toMatchObject([{ sha256: sha256("seven") }])
    const { size, mtimeNs, ctimeNs, ino } = statSync("a", { bigint: true })
    expect(Object.values(kept())[0]!.stamp).toBe(`${size} ${mtimeNs} ${ctimeNs} ${ino}`)
  })

  it("notice a change during one process, too", async () => {
    const digests = fileDigests(cache)
    expect(await digests.of(write("a", "one"))).toBe(sha256("one"))
    write("a", "other")
    expect(await digests.of("a")).toBe(sha256("other"))
  })

  it("of several files, and of earlier processes, are kept side by side", async () => {
    await digestOf(write("a", "one"), cache)
    await digestOf(write("b", "two"), cache)
    expect(Object.values(kept()).map((each) => each.sha256)).toEqual([sha256("one"), sha256("two")])
  })

  it("are written when something was learnt, and only then", async () => {
    await fileDigests(cache).save()
    expect(() => kept()).toThrow("ENOENT")
    const digests = fileDigests(cache)
    await digests.of(write("a", "one"))
    await digests.save()
    writeFileSync(cache, "another's")
    await digests.of("a")
    await digests.save()
    expect(readFileSync(cache, "utf8")).toBe("another's")
    await digestOf("a", cache)
    const next = fileDigests(cache)
    await next.of("a")
    writeFileSync(cache, "another's")
    await next.save()
    expect(readFileSync(cache, "utf8")).toBe("another's")
  })

  it("begin anew with a cache that is damaged, or holds what is no digest", async () => {
    write("a", "one")
    await digestOf("a", cache)
    const [[path, entry]] = Object.entries(kept()) as [[string, { stamp: string; sha256: string }]]
    for (const damaged of [
      "{",
      "null",
      JSON.stringify({ [path]: null }),
      JSON.stringify({ [path]: { ...entry, sha256: "short" } }),
      JSON.stringify({ [path]: { ...entry, sha256: `x${entry.sha256}` } }),
      JSON.stringify({ [path]: { ...entry, sha256: `${entry.sha256}x` } }),
    ]) {
      write(cache, damaged)
      expect(await digestOf("a", cache)).toBe(sha256("one"))
      expect(kept()).toEqual({ [path]: entry })
    }
    // Of two entries the sound one is kept.
    write(
      cache,
      JSON.stringify({
        gone: { stamp: 1, sha256: entry.sha256 },
        [path]: { ...entry, sha256: "0".repeat(64) },
      }),
    )
    expect(await digestOf("a", cache)).toBe("0".repeat(64))
    await digestOf(write("b", "two"), cache)
    expect(Object.keys(kept())).toEqual([path, `${process.cwd()}/b`])
  })

  it("throw what the file system throws for a file that is not there", async () => {
    await expect(fileDigests().of("gone")).rejects.toThrow("ENOENT")
  })
})
