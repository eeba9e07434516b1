import { symlinkSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readExtended } from "../../../src/config/experiment/readExtended.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { valueAt } from "../../../src/config/yaml/valueAt.ts"
import { useFolder } from "../../support/folder.ts"
import { accepted, refusal } from "../outcome.ts"

const write = useFolder()
const lines = (...text: string[]) => text.join("\n")

describe("extends", () => {
  it("lays a file over its base: maps key by key, lists and values as a whole", () => {
    write("base.yaml", "seed: 1\nload: { size: [64, 64], split: { test: 2 } }\naugment: [{ kind: flip }]\n")
    write("top.yaml", "extends: base.yaml\nload: { size: [32, 32], split: { train: 8 } }\naugment: []\n")
    expect(toPlain(accepted(readExtended("top.yaml")).located)).toEqual({
      seed: 1,
      load: { size: [32, 32], split: { test: 2, train: 8 } },
      augment: [],
    })
  })

  it("replaces a map whose kind changes as a whole, and merges one whose kind does not", () => {
    write("base.yaml", "loss: { kind: focal, gamma: 2 }\nmodel: { kind: unet, depth: 4, width: 8 }\n")
    write("top.yaml", "extends: base.yaml\nloss: { kind: bce }\nmodel: { depth: 3 }\n")
    expect(toPlain(accepted(readExtended("top.yaml")).located)).toEqual({
      loss: { kind: "bce" },
      model: { kind: "unet", depth: 3, width: 8 },
    })
  })

  it("takes several bases, later over earlier, each with bases relative to itself", () => {
    write("experiments/top.yaml", "extends: [base/a.yaml, base/b.yaml]\nc: top\n")
    write("experiments/base/a.yaml", "extends: deeper/z.yaml\na: a\nb: a\n")
    write("experiments/base/b.yaml", "b: b\nc: b\n")
    write("experiments/base/deeper/z.yaml", "a: z\nz: z\n")
    const { located, texts } = accepted(readExtended("experiments/top.yaml"))
    expect(toPlain(located)).toEqual({ a: "a", b: "b", c: "top", z: "z" })
    expect([...texts.keys()]).toEqual([
      "experiments/top.yaml",
      "experiments/base/a.yaml",
      "experiments/base/deeper/z.yaml",
      "experiments/base/b.yaml",
    ])
  })

  it("keeps where every value was written, and how its file came in", () => {
    write("experiments/base/phantom.yaml", "seed: 1\nepochs: 2\n")
    write("experiments/top.yaml", "extends: base/phantom.yaml\nepochs: 3\n")
    const { located } = accepted(readExtended("experiments/top.yaml"))
    expect(valueAt(located, ["seed"])?.at).toMatchObject({
      file: "experiments/base/phantom.yaml",
      line: 1,
      setBy: "experiments/base/phantom.yaml (extended by experiments/top.yaml)",
    })
    expect(valueAt(located, ["epochs"])?.at).toMatchObject({ file: "experiments/top.yaml", line: 2 })
  })

  it("may be named by its whole path", () => {
    write("base/z.yaml", "a: 1\n")
    write("top/a.yaml", `extends: ${process.cwd()}/base/z.yaml\n`)
    expect(toPlain(accepted(readExtended("top/a.yaml")).located)).toEqual({ a: 1 })
  })

  it("may reach one base by two ways", () => {
    write("top.yaml", "extends: [a.yaml, b.yaml]\n")
    write("a.yaml", "extends: z.yaml\na: 1\n")
    write("b.yaml", "extends: z.yaml\nb: 1\n")
    write("z.yaml", "a: 0\n")
    expect(toPlain(accepted(readExtended("top.yaml")).located)).toEqual({ a: 0, b: 1 })
  })
})

describe("a base that cannot be used", () => {
  it("is shown where it is named, every one of them, with the neighbour that was meant", () => {
    write("experiments/base/phantom.yaml", "seed: 1\n")
    write("experiments/base/empty.yaml", "")
    write("experiments/base/broken.yaml", "a: 1\na: 2\n")
    write(
      "experiments/top.yaml",
      "extends:\n  - base/phantm.yaml\n  - base/empty.yaml\n  - base/broken.yaml\n  - base\n  - 3\n",
    )
    const at = process.cwd()
    expect(refusal(readExtended("experiments/top.yaml"))).toBe(
      lines(
        "experiments/top.yaml:2:5  experiments/base/phantm.yaml: there is no such file",
        "  1 | extends:",
        "  2 |   - base/phantm.yaml",
        "    |     ^^^^^^^^^^^^^^^^",
        "  at: extends",
        `  found: nothing at ${at}/experiments/base/phantm.yaml`,
        "  did you mean `base/phantom.yaml`?",
        "",
        "experiments/top.yaml:3:5  experiments/base/empty.yaml: the file is empty",
        "  2 |   - base/phantm.yaml",
        "  3 |   - base/empty.yaml",
        "    |     ^^^^^^^^^^^^^^^",
        "  at: extends",
        "  fix: write YAML into it, or name another file",
        "",
        "experiments/base/broken.yaml:2:1  duplicate key `a`",
        "  1 | a: 1",
        "  2 | a: 2",
        "    | ^",
        "  found: the same key in line 1",
        "  set by: experiments/base/broken.yaml (extended by experiments/top.yaml)",
        "  fix: keep one of the two",
        "",
        "experiments/top.yaml:5:5  experiments/base: the file cannot be read",
        "  4 |   - base/broken.yaml",
        "  5 |   - base",
        "    |     ^^^^",
        "  at: extends",
        "  found: it is a folder",
        "  fix: name one of its files: broken.yaml, empty.yaml, phantom.yaml",
        "",
        "experiments/top.yaml:6:5  `extends` names no file",
        "  5 |   - base",
        "  6 |   - 3",
        "    |     ^",
        "  expected: the path of a YAML file, or a list of such paths",
        "",
        "5 problems",
      ),
    )
  })

  it("may lead back to where it began", () => {
    write("a.yaml", "extends: sub/b.yaml\n")
    write("sub/b.yaml", "x: 1\nextends: ../a.yaml\n")
    expect(refusal(readExtended("a.yaml"))).toBe(
      lines(
        "sub/b.yaml:2:10  files extend each other in a circle",
        "  1 | x: 1",
        "  2 | extends: ../a.yaml",
        "    |          ^^^^^^^^^",
        "  at: extends",
        "  found: a.yaml extends sub/b.yaml extends a.yaml",
        "  set by: sub/b.yaml (extended by a.yaml)",
        "  fix: remove one of these `extends`",
      ),
    )
    write("self.yaml", "extends: ./self.yaml\n")
    expect(refusal(readExtended("self.yaml"))).toContain("found: self.yaml extends self.yaml")
  })

  it("may lead back through a link, or by another way of writing the path", () => {
    write("a.yaml", "extends: link.yaml\n")
    symlinkSync("a.yaml", "link.yaml")
    expect(refusal(readExtended("a.yaml"))).toContain("found: a.yaml extends link.yaml")
    write("sub/b.yaml", "extends: ../sub/../sub/b.yaml\n")
    expect(refusal(readExtended("sub/b.yaml"))).toContain("files extend each other in a circle")
  })

  it("may be named by nothing, or by no text", () => {
    for (const named of ["''", "~", "3", "{ a: b }", "[[a]]"]) {
      write("a.yaml", `extends: ${named}\n`)
      expect(refusal(readExtended("a.yaml"))).toContain("`extends` names no file")
    }
    write("a.yaml", "extends: []\na: 1\n")
    expect(toPlain(accepted(readExtended("a.yaml")).located)).toEqual({ a: 1 })
  })

  it("may be one of a hundred, and no more", () => {
    write("z.yaml", "a: 1\n")
    const many = (count: number) => `extends: [${Array.from({ length: count }, () => "z.yaml").join(", ")}]\n`
    write("top.yaml", many(100))
    expect(toPlain(accepted(readExtended("top.yaml")).located)).toEqual({ a: 1 })
    write("top.yaml", many(101))
    expect(refusal(readExtended("top.yaml"))).toContain("expected: at most 16 levels and 100 files")
  })

  it("may be too deep, or too often the same", () => {
    for (let i = 0; i < 30; i++) write(`${i}.yaml`, `extends: ${i + 1}.yaml\n`)
    expect(refusal(readExtended("0.yaml"))).toContain("16.yaml:1:10  too many files extend each other")
    for (let i = 0; i < 12; i++) write(`d${i}.yaml`, `extends: [d${i + 1}.yaml, d${i + 1}.yaml]\n`)
    write("d12.yaml", "a: 1\n")
    expect(refusal(readExtended("d0.yaml"))).toContain("too many files extend each other")
  })
})
