import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { buildSource, sourceCatalog } from "../../../src/config/catalog/sources.ts"
import { sumOf } from "../../../src/config/catalog/sumOf.ts"

import { decode } from "../../../src/config/language/decode.ts"
import { useFolder } from "../../support/folder.ts"
import { locatedYaml } from "../locatedYaml.ts"

useFolder()

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

describe("the sources of the catalogue", () => {
  const built = (text: string) => {
    const spec = decoded(text)
    if (spec._tag === "Left") throw new Error(JSON.stringify(spec.left))
    return buildSource(spec.right as PartSpec).value
  }

  it("are what their options say", () => {
    expect(built("kind: microUltrasound\nfolder: /data\ntrain: 3\ntest: 2\n").description).toBe(
      "micro-ultrasound of the prostate (Zenodo record 10475293), 3 + 2 patients, in /data",
    )
    expect(built("kind: microUltrasound\nfolder: /data\n").description).toContain("55 + 20 patients")
    expect(built("kind: nnunet\nfolder: /data\n").description).toContain("nnU-Net or the Medical")
    expect(built("kind: nnunet\nfolder: /data\n").description).toContain("in /data")
    expect(built("kind: phantom\ntrain: 3\ntest: 2\nrows: 32\ncolumns: 46\nseed: 5\n").description).toBe(
      "phantom, 3 + 2 patients, 46 x 32 pixels, seed 5; made up, not measured",
    )
    const two = built("kind: folder\nimages: /i\nmasks: /m\nsecond: /s\n").description
    expect(two).toContain("images in /i, masks in /m")
  })

  it("keep the phantom beside the store, below the current folder", async () => {
    const source = built("kind: phantom\ntrain: 1\ntest: 1\nslices: 1\nrows: 16\ncolumns: 16\n")
    const [first] = await source.cases()
    await source.read(first!.id)
    expect(readdirSync(".losslab/phantom")).toHaveLength(1)
  })

  it.each(["folder\nimages: a\nmasks: b", "nnunet\nfolder: a"])(
    "take an expression with one group for the patient: %s",
    (kind) => {
      for (const patient of ["^(P[0-9]+)_", "(a)|b", "(?:x)(y)", "([(])"])
        expect(decoded(`kind: ${kind}\npatient: '${patient}'\n`)).toMatchObject({ right: { patient } })
      expect(decoded(`kind: ${kind}\npatient: 'P[0-9]+'\n`)).toMatchObject({
        left: [
          {
            path: "patient",
            message: "patient: the expression does not have one group",
            found: "0 groups",
            fix: "put brackets around the patient: ^(P[0-9]+)_",
          },
        ],
      })
      expect(decoded(`kind: ${kind}\npatient: '(a)(b)'\n`)).toMatchObject({ left: [{ found: "2 groups" }] })
      expect(decoded(`kind: ${kind}\npatient: '(a'\n`)).toMatchObject({
        left: [
          {
            message: "patient: not a regular expression",
            found: expect.stringContaining("Unterminated group"),
            fix: "correct the expression",
          },
        ],
      })
    },
  )

  it("take names of files around the name of the case", () => {
    for (const name of ["{case}", "img_{case}", "{case}_0000", "a-{case}.b"])
      expect(decoded(`${folder}imageName: '${name}'\n`)).toMatchObject({ right: { imageName: name } })
    for (const option of ["imageName", "secondName"])
      for (const name of ["", "case", "{case}{x}", "a/{case}", "{case}/a"])
        expect(decoded(`${folder}${option}: '${name}'\n`)).toMatchObject({ left: [{ path: option }] })
  })
})
