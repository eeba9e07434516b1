import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import type { Description } from "../../../src/config/language/description.ts"
import { resolvePaths } from "../../../src/config/language/resolvePaths.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { locatedYaml } from "../locatedYaml.ts"

const doc = "Something."
const file: Description = { tag: "text", doc, path: "file" }
const text: Description = { tag: "text", doc }
const number: Description = { tag: "number", doc }
const record = (fields: Readonly<Record<string, Description>>) => ({ tag: "record", doc, fields }) as const

const resolved = (description: Description, yaml: string, from = "/data/experiments/a.yaml") =>
  toPlain(resolvePaths(description, locatedYaml(yaml, from)))

describe("resolvePaths", () => {
  it("makes paths absolute: relative to their file, and an absolute one as it is", () => {
    expect(resolved(file, "own.ts")).toBe("/data/experiments/own.ts")
    expect(resolved(file, "../sub/own.ts")).toBe("/data/sub/own.ts")
    expect(resolved(file, "/own.ts")).toBe("/own.ts")
    expect(resolved({ tag: "text", doc, path: "folder" }, "images")).toBe("/data/experiments/images")
    expect(resolved(file, "own.ts", "a.yaml")).toBe(resolve("own.ts"))
    expect(resolved(file, "own.ts", "experiments/a.yaml")).toBe(resolve("experiments/own.ts"))
  })

  it("makes paths of --set relative to the working directory, whatever slashes the setting has", () => {
    for (const path of ["own.ts", "sub/own.ts", "../own.ts", "/own.ts"])
      expect(resolved(file, path, `--set train.loss.path=${path}`)).toBe(resolve(path))
  })

  it("leaves alone what is no path, and what is no text", () => {
    expect(resolved(text, "own.ts")).toBe("own.ts")
    for (const value of ["3", "true", "~", "[a]", "{ a: b }"])
      expect(resolved(file, value)).toEqual(toPlain(locatedYaml(value)))
    for (const description of [
      number,
      { tag: "integer", doc },
      { tag: "boolean", doc },
      { tag: "enum", doc, values: ["a"] },
    ] as const)
      expect(resolved(description, "a")).toBe("a")
  })

  it("finds paths in lists, maps and records, where the description has them", () => {
    expect(resolved({ tag: "list", doc, item: file }, "[a, b]")).toEqual([
      "/data/experiments/a",
      "/data/experiments/b",
    ])
    expect(resolved({ tag: "map", doc, value: file }, "{ x: a, y: b }")).toEqual({
      x: "/data/experiments/a",
      y: "/data/experiments/b",
    })
    expect(
      resolved(record({ a: file, b: text, c: record({ d: file }) }), "{ a: p, b: q, c: { d: r }, e: s }"),
    ).toEqual({
      ...{ a: "/data/experiments/p", b: "q", c: { d: "/data/experiments/r" }, e: "s" },
    })
    // What is none of these is for decoding to refuse.
    expect(resolved({ tag: "list", doc, item: file }, "a")).toBe("a")
    expect(resolved({ tag: "map", doc, value: file }, "[a]")).toEqual(["a"])
    expect(resolved(record({ a: file }), "a")).toBe("a")
    // No inherited property is a field.
    expect(resolved(record({}), "{ toString: a }")).toEqual({ toString: "a" })
  })

  it("follows the kind of a sum, and leaves alone a kind that is none", () => {
    const sum = {
      tag: "sum",
      doc,
      what: "loss",
      members: { module: record({ path: file }), plain: record({ path: text }) },
    } as const
    const loss = { tag: "lazy", doc, name: "loss", get: () => sum } as const
    for (const description of [sum, loss]) {
      expect(resolved(description, "{ kind: module, path: a }")).toEqual({
        kind: "module",
        path: "/data/experiments/a",
      })
      for (const kind of ["kind: plain, ", "kind: none, ", "kind: [module], ", "kind: toString, ", ""])
        expect(resolved(description, `{ ${kind}path: a }`)).toMatchObject({ path: "a" })
    }
    expect(resolved(sum, "module")).toBe("module")
  })

  it("follows the option that a value's type chooses", () => {
    const any: Description = {
      tag: "anyOf",
      doc,
      options: [number, file, { tag: "list", doc, item: file }],
      default: null,
    }
    expect(resolved(any, "a")).toBe("/data/experiments/a")
    expect(resolved(any, "[a]")).toEqual(["/data/experiments/a"])
    for (const value of ["3", "~", "true", "{ a: b }"])
      expect(resolved(any, value)).toEqual(toPlain(locatedYaml(value)))
  })

  it("keeps where everything was written", () => {
    const located = locatedYaml("{ a: p }")
    const after = resolvePaths(record({ a: file }), located)
    if (located.tag !== "map" || after.tag !== "map") throw new Error("two maps")
    expect(after.at).toEqual(located.at)
    expect(after.entries.get("a")!.key).toEqual(located.entries.get("a")!.key)
    expect(after.entries.get("a")!.value.at).toEqual(located.entries.get("a")!.value.at)
  })
})
