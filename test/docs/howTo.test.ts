import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildLoss, buildObjective } from "../../src/config/catalog/losses.ts"
import type { PartSpec } from "../../src/config/catalog/part.ts"

import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { lossAt, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

const root = resolve(import.meta.dirname, "../..")

/** The first code block of a language on a page. */
const blockOf = (page: string, language: string): string => {
  const found = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)
  if (found === null) throw new Error(`the page has no block of ${language}`)
  return found[1]!
}

describe("docs/how-to/add-a-loss.md", () => {
  let folder = ""
  beforeAll(async () => {
    await useJavascriptEngine()
    // Inside the checkout, so that the module finds tfjs-core, and not the current folder.
    mkdirSync(join(root, ".losslab"), { recursive: true })
    folder = mkdtempSync(join(root, ".losslab", "how-to-"))
    const page = readFileSync(join(root, "docs/how-to/add-a-loss.md"), "utf8")
    writeFileSync(join(folder, "softTarget.ts"), blockOf(page, "ts"))
    writeFileSync(join(folder, "softTarget.yaml"), blockOf(page, "yaml"))
    cpSync(join(root, "experiments/base"), join(folder, "base"), { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const trainedLosses = (): readonly PartSpec[] => {
    const loaded = loadExperiment(join(folder, "softTarget.yaml"), [])
    if (loaded._tag === "Left") throw new Error(loaded.left.map(({ message }) => message).join("; "))
    return loaded.right.cells.map(({ spec }) => spec.train.loss)
  }

  it("writes an experiment of two cells whose module is found beside its file", () => {
    expect(trainedLosses().map(({ loss }) => loss)).toEqual([
      { kind: "module", path: join(folder, "softTarget.ts"), options: { share: 0.5 } },
      { kind: "bce" },
    ])
  })

  it("builds a loss of the value and gradient that its sentence promises", async () => {
    const built = await buildLoss(trainedLosses()[0]!.loss as PartSpec)
    // p = 3/4 and 1/2; targets (1 + 1) / 2 and (1 + 0) / 2: ((3/4 - 1)^2 + 0) / 2 = 1/32.
    const of: LossCase = { shape: [1, 1, 2], logits: [Math.log(3), 0], mask: [1, 1], second: [1, 0] }
    const { value, gradient } = lossValueAndGradient(lossAt(built, {}), of)
    expectClose(value, 1 / 32, { absolute: 1e-7 })
    // 2 (p - t) p (1 - p) / 2 = -1/4 * 3/16
    expectClose(gradient, [-3 / 64, 0], { absolute: 1e-7 })
    expect(built.needs).toEqual({ second: true, distance: false })
  })

  it("builds an objective for all outputs, keyed by the module's text", async () => {
    const { value, sources } = await buildObjective(trainedLosses()[0]!)
    expect(value.needs.second).toBe(true)
    expect(sources).toContain(join(folder, "softTarget.ts"))
  })
})
