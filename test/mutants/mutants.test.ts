import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { type Hunted, hunt, mutantsPage, mutantsPath } from "../../docs/mutantsPage.ts"
import { useJavascriptEngine } from "../support/engine.ts"

describe("losses with a deliberate fault", () => {
  let hunted: readonly Hunted[] = []
  beforeAll(async () => {
    await useJavascriptEngine()
    hunted = await hunt()
  })

  it("are at least forty, of different faults", () => {
    expect(hunted.length).toBeGreaterThanOrEqual(40)
    expect(new Set(hunted.map(({ mutant }) => `${mutant.loss} ${mutant.fault}`)).size).toBe(hunted.length)
  })

  it("are all noticed, by a law that the loss claims or by the reference", () => {
    expect(hunted.filter(({ killers }) => killers.length === 0).map(({ mutant }) => mutant.fault)).toEqual([])
  })

  it("stand on the page with what notices them", () => {
    expect(readFileSync(resolve(mutantsPath), "utf8"), "run `npm run docs`").toBe(mutantsPage(hunted))
  })
})
