import { describe, expect, it } from "vitest"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { buildSource, sourceCatalog } from "../../../src/config/catalog/sources.ts"
import { sumOf } from "../../../src/config/catalog/sumOf.ts"

import { decode } from "../../../src/config/language/decode.ts"
import { locatedYaml } from "../locatedYaml.ts"

const decoded = (text: string) =>
  decode(sumOf("source", "A source.", sourceCatalog), locatedYaml(text), new Map([["a.yaml", text]]))

const folder = "kind: folder\nimages: a\nmasks: b\n"

describe("the folder source of the catalogue", () => {
  it("needs two folders and fills in the rest", () => {
    expect(decoded("kind: folder\n")).toMatchObject({ left: [{ path: "images" }, { path: "masks" }] })
    const spec = decoded(folder)
    expect(spec).toMatchObject({
      right: { second: null, maskName: "{case}", patient: null, foreground: null, axis: "largest-spacing" },
    })
    if (spec._tag === "Left") throw new Error("refused")
    const { value, sources } = buildSource(spec.right as PartSpec)
    expect(value.description).toBe("images in a, masks in b")
    expect(sources).toEqual(["data/sources/folder.ts"])
  })

  it.each([
    ["maskName: mask", "maskName"],
    ["maskName: '{case}{case}'", "maskName"],
    ["maskName: 'sub/{case}'", "maskName"],
    ["patient: P1", "patient"],
    ["patient: (a)(b)", "patient"],
    ["patient: '(a'", "patient"],
    ["foreground: []", "foreground"],
    ["foreground: [0]", "foreground.0"],
    ["spacingMm: [1]", "spacingMm"],
    ["spacingMm: [1, 0]", "spacingMm.1"],
    ["axis: w", "axis"],
    ["channel: -1", "channel"],
  ])("refuses %s", (line, path) => {
    expect(decoded(`${folder}${line}\n`)).toMatchObject({ left: [{ path, line: 4 }] })
  })
})
