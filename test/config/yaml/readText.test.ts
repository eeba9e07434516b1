import { mkdirSync } from "node:fs"
import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { readText } from "../../../src/config/yaml/readText.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()

describe("readText", () => {
  it("takes up to a million bytes", () => {
    const text = "x".repeat(1_000_000)
    expect(readText(write("a.yaml", text))).toEqual(E.right(text))
    expect(readText(write("a.yaml", `${text}x`))).toEqual(
      E.left({
        message: "the file is too large for an experiment",
        file: "a.yaml",
        expected: "at most 1000000 bytes",
        found: "1000001 bytes",
      }),
    )
  })

  it("names the first ten YAML files of a folder, and no folders", () => {
    for (let i = 10; i < 22; i++) write(`many/${i}.yaml`, "")
    mkdirSync("many/folder.yaml")
    write("many/11.yaml.bak", "")
    const names = Array.from({ length: 10 }, (_, i) => `${i + 10}.yaml`)
    expect(readText("many")).toEqual(
      E.left({
        message: "the file cannot be read",
        file: "many",
        found: "it is a folder",
        fix: `name one of its files: ${names.join(", ")}`,
      }),
    )
  })

  it("says what the system says, and suggests nothing where nothing is near", () => {
    write("file", "")
    expect(readText("file/a.yaml")).toEqual(
      E.left({
        message: "the file cannot be read",
        file: "file/a.yaml",
        found: "a part of the path is a file",
        fix: "check the path",
      }),
    )
    expect(readText(`${"a".repeat(300)}.yaml`)).toMatchObject({ left: { found: "its name is too long" } })
    write("sub/z.yaml", "")
    expect(readText("sub/adaptive.yaml")).toEqual(
      E.left({
        message: "there is no such file",
        file: "sub/adaptive.yaml",
        found: `nothing at ${process.cwd()}/sub/adaptive.yaml`,
        fix: "check the path",
      }),
    )
    expect(readText("sub/zz.yaml")).toMatchObject({ left: { suggestion: "sub/z.yaml" } })
  })

  it("shows the place of the first byte that is not UTF-8", () => {
    const of = (text: string) => readText(write("a.yaml", Buffer.from(text, "latin1")))
    expect(of("a: 1\n\nb: \xe9\n")).toMatchObject({ left: { line: 3, column: 4 } })
    expect(of("\xe9")).toMatchObject({ left: { line: 1, column: 1 } })
  })
})
