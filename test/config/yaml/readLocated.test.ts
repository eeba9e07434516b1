import { execFileSync } from "node:child_process"
import { mkdirSync, symlinkSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readLocated } from "../../../src/config/yaml/readLocated.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { valueAt } from "../../../src/config/yaml/valueAt.ts"
import { useFolder } from "../../support/folder.ts"
import { accepted, refusal } from "../outcome.ts"

const write = useFolder()
const read = (text: string | Uint8Array) => readLocated(write("a.yaml", text))
const plain = (text: string) => toPlain(accepted(read(text)).located)
const lines = (...text: string[]) => text.join("\n")

describe("a YAML file", () => {
  it("becomes values that know where they were written", () => {
    const { located, texts } = accepted(read("train:\n  epochs: 10 # few\naugment:\n  - { kind: flip }\n"))
    expect(valueAt(located, ["train", "epochs"])).toEqual({
      tag: "scalar",
      value: 10,
      at: { file: "a.yaml", line: 2, column: 11, endColumn: 13, setBy: "a.yaml" },
    })
    expect(valueAt(located, ["augment", "0", "kind"])?.at).toMatchObject({
      line: 4,
      column: 13,
      endColumn: 17,
    })
    expect(texts.get("a.yaml")).toContain("# few")
  })

  it("is read by the rules of YAML 1.2", () => {
    const text = "a: no\nb: 1_000\nc: 12:30:45\nd: 2020-01-01\ne: 1e-3\nf: 0o17\ng: 010\nh: ~\ni: true\nj:\n"
    expect(plain(text)).toEqual({
      ...{
        a: "no",
        b: "1_000",
        c: "12:30:45",
        d: "2020-01-01",
        e: 0.001,
        f: 15,
        g: 10,
        h: null,
        i: true,
        j: null,
      },
    })
  })

  it("may have a byte order mark, Windows line ends, a document start, and texts over several lines", () => {
    expect(plain("\uFEFF---\r\na: |\r\n  x\r\n  y\r\nb: 1\r\n")).toEqual({ a: "x\ny\n", b: 1 })
  })

  it("leaves numbers that are not finite to the codec", () => {
    expect(plain("a: .nan\nb: 1e400\nc: -.inf\n")).toEqual({ a: NaN, b: Infinity, c: -Infinity })
  })

  it("shows the first line of a value that has several", () => {
    const { located } = accepted(read("a:\n  b: 1\n  c: 2\nd: 'x\n  y'\n"))
    expect(valueAt(located, ["a"])?.at).toMatchObject({ line: 2, column: 3, endColumn: 7 })
    expect(valueAt(located, ["d"])?.at).toMatchObject({ line: 4, column: 4, endColumn: 6 })
  })
})

describe("a file that cannot be read", () => {
  it("is named, with the neighbour that was probably meant", () => {
    write("experiments/adaptive.yaml", "a: 1")
    write("experiments/adaptive.json", "{}")
    expect(refusal(readLocated("experiments/adaptve.yaml"))).toBe(
      lines(
        "experiments/adaptve.yaml  there is no such file",
        `  found: nothing at ${process.cwd()}/experiments/adaptve.yaml`,
        "  did you mean `experiments/adaptive.yaml`?",
      ),
    )
    expect(refusal(readLocated("nowhere/a.yaml"))).toMatch(/^nowhere\/a.yaml {2}there is no such file/)
  })

  it("may be a folder", () => {
    write("experiments/b.yaml", "")
    write("experiments/a.yml", "")
    expect(refusal(readLocated("experiments"))).toBe(
      lines(
        "experiments  the file cannot be read",
        "  found: it is a folder",
        "  fix: name one of its files: a.yml, b.yaml",
      ),
    )
    mkdirSync("empty")
    expect(refusal(readLocated("empty"))).toContain("fix: name a YAML file")
  })

  it("may be a pipe or a device, which are not opened", () => {
    execFileSync("mkfifo", ["pipe.yaml"])
    expect(refusal(readLocated("pipe.yaml"))).toBe(
      lines(
        "pipe.yaml  the file cannot be read",
        "  found: it is a pipe, socket or device",
        "  fix: name a YAML file",
      ),
    )
    expect(refusal(readLocated("/dev/zero"))).toContain("it is a pipe, socket or device")
  })

  it("may be behind a circle of links, a file, or a null character", () => {
    symlinkSync("loop.yaml", "loop.yaml")
    expect(refusal(readLocated("loop.yaml"))).toContain("found: its links lead in a circle")
    write("file", "")
    expect(refusal(readLocated("file/a.yaml"))).toContain("found: a part of the path is a file")
    expect(refusal(readLocated("a\0.yaml"))).toContain("found: its name has a null character")
  })

  it("may be too large, and is then not parsed", () => {
    expect(refusal(read("a: 1\n".repeat(400_000)))).toBe(
      lines(
        "a.yaml  the file is too large for an experiment",
        "  expected: at most 1000000 bytes",
        "  found: 2000000 bytes",
      ),
    )
  })

  it("may not be UTF-8", () => {
    expect(refusal(read(Buffer.from("a: 1\nb: caf\xe9\n", "latin1")))).toBe(
      lines(
        "a.yaml:2:7  the file is not UTF-8 text",
        "  expected: UTF-8",
        "  found: bytes that are not UTF-8",
        "  fix: save the file as UTF-8",
      ),
    )
    const utf16 = lines(
      "a.yaml  the file is not UTF-8 text",
      "  expected: UTF-8",
      "  found: UTF-16",
      "  fix: save the file as UTF-8",
    )
    expect(refusal(read(Buffer.from("\uFEFFa: é", "utf16le")))).toBe(utf16)
    expect(refusal(read(Buffer.from("\uFEFFa: é", "utf16le").swap16()))).toBe(utf16)
    expect(refusal(read(Buffer.from("\xe9: 1\n", "latin1")))).toContain("a.yaml:1:1  the file is not UTF-8")
  })

  it("may be empty, or have only comments", () => {
    const empty = lines("a.yaml  the file is empty", "  fix: write YAML into it, or name another file")
    expect(refusal(read(""))).toBe(empty)
    expect(refusal(read("# nothing\n---\n"))).toBe(empty)
  })
})

describe("a syntax error", () => {
  it("is shown in its line, several at once", () => {
    expect(refusal(read("train:\n\tepochs: 1\nname: @me\nload: [1,,2]\n"))).toBe(
      lines(
        "a.yaml:2:1  a tab is used as indentation",
        "  1 | train:",
        "  2 |  epochs: 1",
        "    | ^",
        "  fix: indent with spaces",
        "",
        "a.yaml:3:7  plain value cannot start with reserved character @",
        "  2 |  epochs: 1",
        "  3 | name: @me",
        "    |       ^",
        "  fix: put the text in quotes",
        "",
        "a.yaml:4:10  unexpected , in a list in [ ]",
        "  3 | name: @me",
        "  4 | load: [1,,2]",
        "    |          ^",
        "  fix: correct the YAML here, or put the text in quotes",
        "",
        "3 problems",
      ),
    )
  })

  it.each([
    ["a: 'x\nb: 1\n", "missing closing 'quote"],
    ["a: [1, 2\nb: 3\n", "fix: close the bracket"],
    ["a:1\nb: 2\n", "fix: write `key: value`, with a blank after the colon"],
    ["title: a: b\n", "fix: indent the lines of a map alike; put a text that contains `: ` in quotes"],
    ["a: 1\n---\nb: 2\n", "2:1  a second document begins here"],
    ["%FOO bar\n---\na: 1\n", "1:1  unknown directive %FOO"],
    ["%YAML 1.1\n---\na: yes\n", "1:1  the directive `%YAML 1.1` is not supported"],
    ["a: \x1b[31m\n", "1:4  there is a control character, U+001B"],
    ["a: x\0\n", "1:5  there is a control character, U+0000"],
    ["a: 1\rb: 2", "1:5  there is a control character, U+000D"],
  ])("in %j says %j", (text, message) => {
    expect(refusal(read(text))).toContain(message)
  })

  it("is reported once for a line, and for at most twenty lines", () => {
    expect(refusal(read("a: 1\n b: 2\n"))).not.toContain("problems")
    expect(refusal(read("a: @\n".repeat(20_000)))).toContain("20 problems")
  })
})

describe("what YAML has and the experiment language does not", () => {
  it("aliases are refused where they are used, however they multiply or turn in circles", () => {
    expect(refusal(read("a: &x [1]\nb: *x\n"))).toBe(
      lines(
        "a.yaml:2:4  the alias `*x` is not supported",
        "  1 | a: &x [1]",
        "  2 | b: *x",
        "    |    ^^",
        "  fix: write the value out, or share it through `extends`",
      ),
    )
    const bomb = [
      "a: &a [x]",
      ..."bcdefghi".split("").map((c, i) => `${c}: &${c} [${`*${"abcdefgh"[i]},`.repeat(9)}]`),
    ]
    expect(refusal(read(bomb.join("\n")))).toContain("2:8  the alias `*a` is not supported")
    expect(refusal(read("a: &x [*x]\n"))).toContain("1:8  the alias `*x`")
    expect(refusal(read("a: *nope\n"))).toContain("1:4  the alias `*nope`")
  })

  it("merge keys are refused", () => {
    expect(refusal(read("a:\n  <<: { b: 1 }\n"))).toBe(
      lines(
        "a.yaml:2:3  the merge key `<<` is not supported",
        "  1 | a:",
        "  2 |   <<: { b: 1 }",
        "    |   ^^",
        "  fix: share values through `extends`",
      ),
    )
  })

  it.each(["!!str 1", "!!binary aGk=", "!foo 2", "! 3", "!!map { b: 1 }", "!!js/function x"])(
    "the tag of %s is refused",
    (value) => {
      const tag = value.split(" ")[0]
      expect(refusal(read(`a: ${value}\n`))).toContain(`the tag \`${tag}\` is not supported`)
    },
  )

  it("keys are words, each once", () => {
    expect(refusal(read('a: 1\n1: x\nb: 2\n"1": y\n'))).toBe(
      lines(
        "a.yaml:4:1  duplicate key `1`",
        "  3 | b: 2",
        '  4 | "1": y',
        "    | ^^^",
        "  found: the same key in line 2",
        "  fix: keep one of the two",
      ),
    )
    for (const key of ["? [a]\n", "{ b: 1 }", "", "~", "!!str x"])
      expect(refusal(read(`${key}: 1\n`))).toContain("this key is not a word")
  })

  it.each(["__proto__", "constructor", "prototype"])("%s is no key", (key) => {
    expect(refusal(read(`a:\n  ${key}: { polluted: 1 }\n`))).toContain(`2:3  \`${key}\` cannot be a key`)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it("nesting has an end", () => {
    const deep = (lists: number) => `a: ${"[".repeat(lists)}1${"]".repeat(lists)}`
    expect(plain(deep(49))).toBeDefined()
    expect(refusal(read(deep(50)))).toBe(
      lines(
        "a.yaml:1:53  nested more than 50 levels deep",
        `  1 | ${deep(50).slice(0, 100)}`,
        `    | ${" ".repeat(52)}^^^`,
        "  fix: write it in fewer levels",
      ),
    )
    expect(refusal(read(`a: ${"[".repeat(60)}${"]".repeat(60)}`))).toContain(
      "nested more than 50 levels deep",
    )
    expect(refusal(read(`a: ${"[".repeat(9000)}`))).toContain("nested too deeply")
    expect(
      refusal(
        read(`a:
${"- ".repeat(3000)}`),
      ),
    ).toContain("nested too deeply")
  })
})

it("finds the one key that is twice among many", () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n")
  expect(refusal(read(`${text}\nk7: 2\n`))).toContain("duplicate key `k7`")
})

it("refuses a list in brackets that goes on at the left margin", () => {
  expect(refusal(read("a: [1,\n2]\n"))).toContain("must be sufficiently indented")
})
