import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { verify } from "../../src/commands/verify.ts"
import { buildLoss, buildObjective } from "../../src/config/catalog/losses.ts"
import type * as LossSubject from "../../src/config/catalog/lossSubject.ts"
import type { PartSpec } from "../../src/config/catalog/part.ts"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import type * as CheckClaim from "../../src/laws/checkClaim.ts"
import { lossValueAndGradient } from "../../src/laws/evaluate.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

const root = resolve(import.meta.dirname, "../..")

/** The blocks of a page that are files, or parts of them: `ts file=src/losses/brier.ts`. */
const filesOf = (page: string): readonly (readonly [path: string, text: string])[] =>
  [...page.matchAll(/^ *```ts file=(\S+)\n([\s\S]*?)^ *```$/gm)].map(([, path, text]) => [
    path!,
    text!.replace(/^ {3}/gm, ""),
  ])

/** All of a page's code blocks of a language, in its order. */
const blocksOf = (page: string, language: string): string =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))]
    .map(([, text]) => text)
    .join("\n")

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
    writeFileSync(join(folder, "softTarget.ts"), blocksOf(page, "ts"))
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
    const { value, gradient } = lossValueAndGradient(built, of)
    expectClose(value, 1 / 32, { absolute: 1e-7 })
    // 2 (p - t) p (1 - p) / 2 = -1/4 * 3/16
    expectClose(gradient, [-3 / 64, 0], { absolute: 1e-7 })
    expect(built.needs).toEqual({ second: true, distance: false })
  })

  it("obeys the laws that the page has it claim, and agrees with its plain loops", async () => {
    let text = ""
    const out = (more: string): void => {
      text += more
    }
    const command = {
      module: join(folder, "softTarget.ts"),
      options: "{ share: 0.5 }",
      runs: "20",
      seed: "1",
    }
    await verify(undefined, { ...command, backend: "javascript", json: false }, out)
    expect(text).toMatch(/9 of 9 claims hold/)
    expect(text).toMatch(/float64 +holds/)
  })

  it("builds an objective for all outputs, keyed by the module's text", async () => {
    const { value, sources } = await buildObjective(trainedLosses()[0]!)
    expect(value.needs.second).toBe(true)
    expect(sources).toContain(join(folder, "softTarget.ts"))
  })
})

describe("the part of docs/how-to/add-a-loss.md that adds a loss to losslab", () => {
  const page = readFileSync(join(root, "docs/how-to/add-a-loss.md"), "utf8")
  let folder = ""
  beforeAll(async () => {
    await useJavascriptEngine()
    mkdirSync(join(root, ".losslab"), { recursive: true })
    folder = mkdtempSync(join(root, ".losslab", "how-to-"))
    cpSync(join(root, "src"), join(folder, "src"), { recursive: true })
    for (const [path, text] of filesOf(page)) {
      const file = join(folder, path)
      if (!existsSync(file)) {
        writeFileSync(file, text)
        continue
      }
      // A part of a file: an import, and a line of the record.
      const [added, line] = [text.slice(0, text.indexOf("\n") + 1), text.slice(text.indexOf("\n") + 1)]
      const before = readFileSync(file, "utf8")
      writeFileSync(file, added + before.replace(/(export const singleScaleLosses.*\{\n)/, `$1${line}`))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it("has a file for each step up to the catalogue", () => {
    expect(filesOf(page).map(([path]) => path)).toEqual([
      "src/losses/brier.ts",
      "src/laws/plain/plainBrier.ts",
      "src/config/catalog/losses/brier.ts",
      "src/config/catalog/singleScaleLosses.ts",
    ])
  })

  it("gives a loss that YAML can name and that obeys all that it claims", async () => {
    const module = (path: string) => import(pathToFileURL(join(folder, "src", path)).href)
    const { claimantOf } = (await module("config/catalog/lossSubject.ts")) as typeof LossSubject
    const { checkClaim } = (await module("laws/checkClaim.ts")) as typeof CheckClaim
    const { subject, claims } = claimantOf("brier")
    expect(claims.length).toBeGreaterThan(15)
    const failed = claims.filter((claim) => !checkClaim(subject, claim, { runs: 20, seed: 1 }).passed)
    expect(failed.map(({ law }) => law.name)).toEqual([])
  })
})
