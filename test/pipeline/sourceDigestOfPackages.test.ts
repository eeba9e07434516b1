import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, it } from "vitest"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const source = resolve(import.meta.dirname, "../../src")

type SourceDigest = typeof import("../../src/pipeline/sourceDigest.ts")

/** What digesting needs of losslab. */
const own = ["pipeline/sourceDigest.ts", "pipeline/hash.ts", "failure/failure.ts"]

/** The digest of files of a losslab that holds only these and depends on these packages. */
const digestIn = async (
  dependencies: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  asked = Object.keys(files),
): Promise<string> => {
  const root = await temporaryFolder()
  for (const file of own) await cp(join(source, file), join(root, "src", file))
  await writeFile(join(root, "package.json"), JSON.stringify({ dependencies }))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, "src", file)), { recursive: true })
    await writeFile(join(root, "src", file), text)
  }
  const url = pathToFileURL(join(root, "src/pipeline/sourceDigest.ts")).href
  const { sourceDigest } = (await import(url)) as SourceDigest
  return sourceDigest(asked)
}

describe("sourceDigest", () => {
  it.each([
    ['import { a } from "pkg"\n', "pkg"],
    ['import { a } from "pkg/deep/file.js"\n', "pkg"],
    ['import {\n  a,\n  b,\n} from "@scope/pkg"\n', "@scope/pkg"],
    ['import { a } from "@scope/pkg/deep"\n', "@scope/pkg"],
    ['export * from "pkg"\n', "pkg"],
    ['import "pkg"\n', "pkg"],
    ['const a = await import("pkg")\n', "pkg"],
    ['import { a } from "./part.ts"\n', "deep"],
  ])("of %j changes with the version of %s, and of no other package", async (text, name) => {
    const files = { "losses/a.ts": text, "losses/part.ts": 'import "deep"\n' }
    const digest = (dependencies: Readonly<Record<string, string>>) =>
      digestIn(dependencies, files, ["losses/a.ts"])
    const before = await digest({ [name]: "1.0.0", other: "1.0.0" })
    expect(await digest({ other: "1.0.0", [name]: "1.0.0" })).toBe(before)
    expect(await digest({ [name]: "1.0.0", other: "2.0.0" })).toBe(before)
    expect(await digest({ [name]: "1.0.0" })).toBe(before)
    expect(await digest({ [name]: "1.0.1", other: "1.0.0" })).not.toBe(before)
    expect(await digest({ other: "1.0.0" })).not.toBe(before)
  })

  it.each(['import type { A } from "pkg"\n', 'export type { A } from "pkg"\n', 'import "node:pkg"\n'])(
    "of %j does not ask for the version of a package",
    async (text) => {
      const digest = (version: string) => digestIn({ pkg: version, "node:pkg": version }, { "a.ts": text })
      expect(await digest("2.0.0")).toBe(await digest("1.0.0"))
    },
  )

  it("does not depend on the order or number of the files, nor on where losslab lies", async () => {
    const files = {
      "a.ts": 'import "./c.ts"\nimport "b"\n',
      "b.ts": 'import "./c.ts"\nimport "a"\n',
      "c.ts": "",
    }
    const digest = (...asked: string[]) => digestIn({ a: "1", b: "1" }, files, asked)
    const one = await digest("a.ts", "b.ts")
    expect(await digest("b.ts", "a.ts")).toBe(one)
    expect(await digest("b.ts", "c.ts", "a.ts", "b.ts")).toBe(one)
    expect(await digest("a.ts")).not.toBe(one)
  })

  it("knows its own files by their place, too", async () => {
    const digest = (file: string) => digestIn({}, { [file]: "export {}\n" })
    expect(await digest("losses/b.ts")).not.toBe(await digest("losses/a.ts"))
    expect(await digest("models/a.ts")).not.toBe(await digest("losses/a.ts"))
  })

  it("takes the JavaScript of a build for the TypeScript that it was made of", async () => {
    const ts = createRequire(import.meta.url)("typescript") as typeof import("typescript")
    const root = await temporaryFolder()
    const built = async (file: string, text: string) => {
      const target = join(root, "dist", file.replace(/\.ts$/, ".js"))
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, text)
    }
    for (const file of own) {
      const compilerOptions = {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
      }
      const text = await readFile(join(source, file), "utf8")
      await built(file, ts.transpileModule(text, { compilerOptions }).outputText)
    }
    await writeFile(join(root, "package.json"), JSON.stringify({ dependencies: {} }))
    await built("losses/a.ts", 'import "./part.js"\n')
    await built("losses/part.ts", "export const part = 1\n")
    const url = pathToFileURL(join(root, "dist/pipeline/sourceDigest.js")).href
    const { sourceDigest } = (await import(url)) as SourceDigest
    const before = sourceDigest(["losses/a.ts"])
    await built("losses/part.ts", "export const part = 2\n")
    expect(sourceDigest(["losses/a.ts"])).not.toBe(before)
    await rm(join(root, "dist/losses/part.js"))
    expect(() => sourceDigest(["losses/a.ts"])).toThrow("there is no such file")
  })
})
