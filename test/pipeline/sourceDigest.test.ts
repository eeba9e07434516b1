import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { sourceDigest } from "../../src/pipeline/sourceDigest.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

describe("sourceDigest", () => {
  it("changes with a file and with what it imports, and not with types or strangers", async () => {
    const folder = await temporaryFolder()
    const write = (name: string, text: string) => writeFile(join(folder, name), text)
    const digest = () => sourceDigest([join(folder, "loss.ts")])
    await write("loss.ts", 'import { part } from "./part.ts"\nimport type { T } from "./types.ts"\n')
    await write("part.ts", "export const part = 1\n")
    await write("types.ts", "export type T = 1\n")
    const first = digest()
    await write("types.ts", "export type T = 2\n")
    await write("stranger.ts", "export {}\n")
    expect(digest()).toBe(first)
    await write("part.ts", "export const part = 2\n")
    expect(digest()).not.toBe(first)
  })

  it("follows multi-line imports, re-exports and dynamic imports", async () => {
    const folder = await temporaryFolder()
    const write = (name: string, text: string) => writeFile(join(folder, name), text)
    const digest = () => sourceDigest([join(folder, "a.ts")])
    await write(
      "a.ts",
      'import {\n  b,\n} from "./b.ts"\nexport * from "./c.ts"\nconst d = await import("./d.ts")\n',
    )
    for (const name of ["b.ts", "c.ts", "d.ts"]) await write(name, "export const b = 1\n")
    const seen = [digest()]
    for (const name of ["b.ts", "c.ts", "d.ts"]) {
      await write(name, "export const b = 2\n")
      seen.push(digest())
    }
    expect(new Set(seen).size).toBe(4)
  })

  it("does not depend on where a user's module lies", async () => {
    const [one, two] = [await temporaryFolder(), await temporaryFolder()]
    for (const folder of [one, two]) await writeFile(join(folder, "loss.ts"), "export default 1\n")
    expect(sourceDigest([join(one, "loss.ts")])).toBe(sourceDigest([join(two, "loss.ts")]))
  })

  it("says which file is missing", async () => {
    const folder = await temporaryFolder()
    const file = join(folder, "gone.ts")
    expect(() => sourceDigest([file])).toThrow(
      expect.objectContaining({
        kind: "config",
        problems: [
          {
            file,
            message: "there is no such file",
            fix: "check the path of the module, and what it imports",
          },
        ],
      }),
    )
  })

  it("knows losslab's own files by their path under src", () => {
    expect(sourceDigest(["losses/bce.ts"])).not.toBe(sourceDigest(["losses/agBce.ts"]))
  })
})
