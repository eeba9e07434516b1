import { mkdirSync } from "node:fs"
import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { validate } from "../../src/commands/validate.ts"
import type { VerifyCommand } from "../../src/commands/verify/verifyOptions.ts"
import { verify } from "../../src/commands/verify.ts"
import { Failure } from "../../src/failure/failure.ts"
import { useFolder } from "../support/folder.ts"
import { experiment as full } from "./experimentText.ts"

const write = useFolder()
const module = (name: string): string => resolve(import.meta.dirname, "../fixtures/modules", `${name}.ts`)

const verified = async (
  said: string | undefined,
  command: Partial<VerifyCommand> = {},
): Promise<{ text: string; failure?: Failure }> => {
  let text = ""
  const options: VerifyCommand = { runs: "20", seed: "5", backend: "javascript", json: false, ...command }
  const out = (more: string): void => {
    text += more
  }
  try {
    await verify(said, options, out)
    return { text }
  } catch (error) {
    if (error instanceof Failure) return { text, failure: error }
    throw error
  }
}

describe("losslab verify", () => {
  it("lists every law that a loss claims, with its verdict", async () => {
    const { text, failure } = await verified("bce")
    expect(failure).toBeUndefined()
    expect(text).toMatch(
      /^bce: (\d+) of \1 claims hold \(20 runs each, seed 5\)\nlaw +for +result +it says\n/,
    )
    expect(text).toMatch(/\nconvex +holds +The loss is convex in the logits\.\n/)
    expect(text).toMatch(/\n1 loss, \d+ claims, all hold\n$/)
  })

  it("checks that what is said not to hold does not", async () => {
    const { text } = await verified("agBce", { law: "nonNegative" })
    expect(text).toMatch(/nonNegative +in the form reference +does not hold, as said/)
  })

  it("leaves out claims about other options than a spec has", async () => {
    const { text } = await verified("{ kind: agBce, kernel: 2 }")
    expect(text).toContain('agBce {"kernel":2,"hardWeight":4,"form":"reference"}')
    expect(text).not.toContain("pixelOrder")
    expect(text).not.toContain("mirrored")
  })

  it("verifies every distinct loss of an experiment, at each scale", async () => {
    const loss = "{ kind: deepSupervised, loss: { kind: agBce }, kernels: [2, 1, 1, 1] }"
    write("deep.yaml", full.replace("{ kind: bce }", loss))
    const { text, failure } = await verified("deep.yaml", { runs: "3" })
    expect(failure).toBeUndefined()
    expect(text.match(/^agBce .*$/gm)).toHaveLength(2)
  })

  it("takes a YAML file of a loss", async () => {
    write("loss.yaml", "kind: pyTorchFocal\ngamma: 0.5\n")
    const { text } = await verified("loss.yaml", { runs: "3" })
    expect(text).toContain('pyTorchFocal {"alpha":0.25,"gamma":0.5,"input":"logits"}')
  })

  it.each([
    ["in braces", "{ kind: bce }\n"],
    ["indented", "  kind: bce\n"],
    ["behind a mark of its encoding", "\uFEFFkind: bce\n"],
    ["in a document of its own", "---\n# a loss\n'kind' : bce\n"],
  ])("knows a loss from an experiment %s", async (_, text) => {
    write("loss.yaml", text)
    expect((await verified("loss.yaml", { runs: "1", law: "finite" })).text).toContain(
      "1 loss, 1 claim, which holds",
    )
  })

  it("says what is wrong with a file as a loss, unless it has something of an experiment", async () => {
    write("loss.yaml", "knd: bce\n")
    expect((await verified("loss.yaml")).failure?.problems[0]).toMatchObject({ path: "kind" })
    write("experiment.yaml", "name: mine\n")
    expect((await verified("experiment.yaml")).failure?.problems[0]).toMatchObject({ path: "load" })
  })

  it("refuses a folder whose name ends as that of a YAML file", async () => {
    mkdirSync("folder.yaml")
    expect((await verified("folder.yaml")).failure).toMatchObject({ kind: "config" })
  })

  it("fails with a counterexample that the printed command gives again", async () => {
    const { text, failure } = await verified(undefined, { module: module("lopsided") })
    expect(failure).toMatchObject({
      kind: "check",
      problems: [{ message: `\`${module("lopsided")}\` does not obey complementary` }],
    })
    expect(text).toContain("complementary FAILED: ")
    expect(text).toMatch(/\n {2}logits {3}\[\[\[.*\]\]\]\n {2}mask {5}\[\[\[/)
    const [, seed, path] = /again: .* --law complementary --runs 20 --seed (\d+) --path ([\d:]+)\n/.exec(
      text,
    )!
    const again = await verified(undefined, {
      ...{ module: module("lopsided"), law: "complementary" },
      ...{ seed: seed!, path: path! },
    })
    const counterexample = (from: string) => from.slice(from.indexOf("FAILED:"), from.indexOf("again:"))
    expect(counterexample(again.text)).toBe(counterexample(text))
  })

  it("names one loss of an experiment in the command that gives a counterexample again", async () => {
    const loss = `{ kind: module, path: ${module("lopsided")}, options: { by: "it's" } }`
    const sweep = `sweep:\n  factors:\n    - name: loss\n      path: train.loss\n      values: { own: ${loss}, bce: { kind: bce } }\n`
    write("both.yaml", `${full}\n${sweep}`)
    const { text, failure } = await verified("both.yaml", { law: "complementary", runs: "3" })
    expect(failure?.problems[0]?.message).toBe(
      `\`${module("lopsided")} {"by":"it's"}\` does not obey complementary`,
    )
    const [, quoted] = /again: +losslab verify '(.*)' --law/.exec(text)!
    const again = quoted!.replaceAll(`'\\''`, "'")
    expect(JSON.parse(again)).toEqual({ kind: "module", path: module("lopsided"), options: { by: "it's" } })
    expect((await verified(again, { law: "complementary", runs: "3" })).failure?.kind).toBe("check")
  })

  it("refuses a path that leads out of the inputs", async () => {
    const command = { module: module("lopsided"), law: "complementary", path: "0:999:999" }
    const { failure } = await verified(undefined, command)
    expect(failure).toMatchObject({ kind: "usage", problems: [{ message: "--path leads to no input" }] })
  })

  it("tries a path on what is said to hold alone, and says that it was one input", async () => {
    const { text } = await verified("agBce", { law: "nonNegative", path: "0" })
    expect(text).toMatch(/^agBce: 1 of 1 claims hold \(1 run each, seed 5\)\n/)
  })

  it.each(["", "abc", "1:", "-1", "99999999999"])("refuses the path %j", async (path) => {
    const { failure } = await verified("bce", { law: "additive", path })
    expect(failure).toMatchObject({ kind: "usage", problems: [{ found: JSON.stringify(path) }] })
  })

  it("says of a module which laws it obeys without claiming them", async () => {
    const { text } = await verified(undefined, { module: module("lopsided") })
    expect(text).toMatch(
      /Not claimed, but tried:\n {2}no counterexample to .*additive.*\n {2}does not obey .*convex.*\n {2}to see a counterexample, add --law \w+\n/,
    )
  })

  it("shows the counterexample to a law that a module does not claim, without failing", async () => {
    const { text, failure } = await verified(undefined, { module: module("lopsided"), law: "convex" })
    expect(failure).toBeUndefined()
    expect(text).toMatch(/: not claimed, but tried \(20 runs each, seed 5\)\n.*\nconvex +does not hold/)
    expect(text).toMatch(/\nconvex does not hold: .* on the chord\n {2}options/)
    expect(text).toMatch(/\n1 loss, no claim\n$/)
    const [, path] = /--path ([\d:]+)\n/.exec(text)!
    const again = await verified(undefined, { module: module("lopsided"), law: "convex", path: path! })
    expect(again.text).toContain("(1 run each, seed 5)")
    expect(again.text).toContain("\nconvex does not hold: ")
  })

  it("prints what it tried of one law with --json, too", async () => {
    const command = { module: module("lopsided"), law: "convex", json: true }
    expect(JSON.parse((await verified(undefined, command)).text)).toMatchObject({
      losses: [{ passed: true, laws: [], notClaimed: [{ law: "convex", passed: false }] }],
    })
  })

  it.each([
    ["about other options", "{ kind: agBce, kernel: 2 }", "mirrored", "agBce"],
    ["that it does not hold", "{ kind: boundary }", "nonNegative", "boundary"],
  ])("says of a claim %s that it says nothing of these", async (_, said, law, kind) => {
    const { failure } = await verified(said, { law })
    expect(failure).toMatchObject({
      kind: "usage",
      problems: [
        {
          message: `with these options the loss says nothing of \`${law}\``,
          fix: `see what it says with others: losslab verify ${kind} --law ${law}`,
        },
      ],
    })
  })

  it("says of a composition that contains a module that little of it is known", async () => {
    const composed = `{ kind: weighted, weight: 2, loss: { kind: module, path: ${module("lopsided")} } }`
    const { text, failure } = await verified(composed, { runs: "2" })
    expect(failure).toBeUndefined()
    expect(text).toContain("4 of 4 claims hold")
    expect(text.match(/^It is made of a module: only the laws/gm)).toHaveLength(1)
    expect(
      (await verified("{ kind: weighted, weight: 2, loss: { kind: bce } }", { runs: "1" })).text,
    ).not.toContain("made of a module")
  })

  it("tells once what a loss throws for every law", async () => {
    write("own.mjs", 'export default () => () => { throw new Error("out of cheese") }\n')
    const { text, failure } = await verified(undefined, { module: "own.mjs" })
    const laws = "finite, gradientOfValue, deterministic, leavesNothing"
    expect(failure?.problems).toMatchObject([
      {
        message: `\`${resolve("own.mjs")}\` does not obey ${laws}`,
        found: "it throws: the loss of the module throws: out of cheese",
        fix: expect.stringMatching(/^mend the loss; again: .* --law finite /) as string,
      },
    ])
    expect(text.match(/out of cheese/g)).toHaveLength(1)
    expect(text).toContain(`\n${laws} FAILED: it throws: `)
    expect(text).not.toContain("Not claimed")
  })

  it("checks a module that says so with soft masks", async () => {
    const own = (softMask: string): string => `${softMask}
export const plain = ({ mask }) => mask.reduce((sum, y) => sum + y, 0) / mask.length
export default () => (logits, { mask }) => mask.mul(mask).mean().add(logits.mul(0).sum())
`
    // y^2 is y for hard masks alone.
    write("hard.mjs", own(""))
    write("soft.mjs", own("export const softMask = true"))
    const float64 = async (module: string) => (await verified(undefined, { module, law: "float64" })).failure
    expect(await float64("hard.mjs")).toBeUndefined()
    expect((await float64("soft.mjs"))?.kind).toBe("check")
  })

  it("shows of faulty options what was said, and nothing else", async () => {
    const command = { module: module("lopsided"), options: "{ by: { share: 1 } }" }
    expect((await verified(undefined, command)).failure?.problems).toMatchObject([
      { file: "--options", column: 7, snippet: "  1 | { by: { share: 1 } }\n    |       ^^^^^^^^^^^^" },
    ])
  })

  it("compares a module with its plain loops", async () => {
    const { text, failure } = await verified(undefined, { module: module("lopsided"), law: "float64" })
    expect(failure).toBeUndefined()
    expect(text).toMatch(/float64 +holds/)
  })

  it("prints one object with --json, counterexamples as arrays", async () => {
    const { text, failure } = await verified(undefined, { module: module("lopsided"), json: true })
    expect(failure?.kind).toBe("check")
    const { losses } = JSON.parse(text) as { losses: { passed: boolean; laws: { law: string }[] }[] }
    expect(losses).toHaveLength(1)
    expect(losses[0]).toMatchObject({ runs: 20, seed: 5, passed: false })
    expect(losses[0]!.laws.find(({ law }) => law === "complementary")).toMatchObject({
      claimed: "holds",
      passed: false,
      counterexample: { given: { of: { shape: [1, 1, 1] } } },
    })
  })
})

describe("validate", () => {
  it("fails when a loss of the experiment does not obey what it claims", async () => {
    const loss = `{ kind: module, path: ${module("lopsided")} }`
    const network = "{ kind: unet, depth: 3, baseWidth: 2 }"
    write("own.yaml", full.replace("{ kind: bce }", loss).replace("{ kind: unet }", network))
    await expect(
      validate(["own.yaml"], { json: false, backend: "javascript", out: () => undefined }),
    ).rejects.toMatchObject({
      kind: "check",
      problems: [
        { file: "own.yaml", path: "train.loss", message: "the loss module does not obey complementary" },
      ],
    })
  })
})
