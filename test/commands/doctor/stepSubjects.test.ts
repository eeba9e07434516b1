import { describe, expect, it } from "vitest"
import { stepSubjects } from "../../../src/commands/doctor/stepSubjects.ts"
import { catalogs } from "../../../src/config/catalog/catalogs.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"

const subjects = stepSubjects()
const kinds = (part: "model" | "loss" | "optimizer"): ReadonlySet<string> =>
  new Set(subjects.filter((subject) => subject.part === part).map((subject) => subject[part].kind))

describe("stepSubjects", () => {
  it("has every kind of the catalogue but a user's module", () => {
    expect(kinds("model")).toEqual(new Set(Object.keys(catalogs.models)))
    expect(kinds("loss")).toEqual(new Set(Object.keys(catalogs.losses).filter((kind) => kind !== "module")))
    expect(kinds("optimizer")).toEqual(new Set(Object.keys(catalogs.optimizers)))
  })

  it("has what can be chosen by a word, each under a name of its own", () => {
    const names = subjects.map(({ part, name }) => `${part} ${name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(
      expect.arrayContaining([
        "model unet, dropout 0.5, batchNorm false",
        "loss adaptiveFocal, preset seed-text",
        "loss softDice, squared true",
        "loss aleatoric, sigma learned",
        "optimizer chain, clipByGlobalNorm + adam",
      ]),
    )
  })

  it("has no step twice", () => {
    const specs = subjects.map(({ part, ...subject }) => JSON.stringify(subject[part] satisfies PartSpec))
    const ofPart = subjects.map(({ part }, i) => `${part} ${specs[i]}`)
    expect(new Set(ofPart).size).toBe(ofPart.length)
  })
})
