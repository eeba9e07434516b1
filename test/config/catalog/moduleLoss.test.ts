import { writeFileSync } from "node:fs"
import { join } from "node:path"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { loadLossModule, moduleLoss } from "../../../src/config/catalog/moduleLoss.ts"
import { failure } from "../../../src/failure/failure.ts"
import { lossValue } from "../../../src/laws/evaluate.ts"
import { row } from "../../../src/laws/lossCase.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

beforeAll(useJavascriptEngine)

/** Where modules that throw things of ours take them from. */
const thrown = globalThis as { losslabThrown?: unknown }

const written = async (text: string): Promise<string> => {
  const path = join(await temporaryFolder(), "own.mjs")
  writeFileSync(path, text)
  return path
}

const loaded = async (text: string, options = {}) => loadLossModule({ path: await written(text), options })

/** The one problem of a module that cannot be used. */
const problemOf = async (text: string) => {
  const path = await written(text)
  const failed = await loadLossModule({ path, options: {} }).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failed).toMatchObject({ kind: "config", problems: [{ file: path }] })
  return (failed as { readonly problems: readonly [{ message: string; fix: string; found?: string }] })
    .problems[0]
}

const good = "export default () => () => 0\n"

describe("a module of the user's", () => {
  it("gets its options, and needs nothing, claims nothing and takes hard masks unless it says so", async () => {
    const { loss, laws, softMask, plain } = await loaded(good)
    expect(loss.needs).toEqual({ second: false, distance: false })
    expect([laws, softMask, plain]).toEqual([[], false, undefined])
    thrown.losslabThrown = []
    await loaded("export default (options) => { losslabThrown.push(options); return () => 0 }", {
      share: 0.5,
    })
    expect(thrown.losslabThrown).toEqual([{ share: 0.5 }])
  })

  it("says what it needs, claims and is", async () => {
    const { loss, laws, softMask, plain } = await loaded(
      `${good}export const needs = { distance: true }
export const laws = ["nonNegative", "additive"]
export const softMask = true
export const plain = () => 7
`,
    )
    expect(loss.needs).toEqual({ second: false, distance: true })
    expect(laws).toEqual(["nonNegative", "additive"])
    expect(softMask).toBe(true)
    expect(plain?.({} as never, {} as never)).toBe(7)
    expect((await moduleLoss({ path: await written(good), options: {} })).needs.second).toBe(false)
  })

  it.each([
    ["export const needs = { third: true }", "the export `needs` of the loss module is malformed"],
    ["export const needs = { second: 1 }", "the export `needs` of the loss module is malformed"],
    ["export const needs = null", "the export `needs` of the loss module is malformed"],
    ["export const needs = true", "the export `needs` of the loss module is malformed"],
    ['export const laws = "additive"', "the export `laws` of the loss module is malformed"],
    ["export const laws = ['additive', 3]", "the export `laws` of the loss module is malformed"],
    ["export const softMask = 1", "the export `softMask` of the loss module is malformed"],
    ["export const plain = 1", "the export `plain` of the loss module is no function"],
  ])("is refused with %s", async (line, message) => {
    const problem = await problemOf(`${good}${line}\n`)
    expect(problem.message).toBe(message)
    expect(problem.fix).toMatch(/^write `export const /)
  })

  it("is told to export a function that returns a loss", async () => {
    const fix = "write `export default (options) => (logits, truth, at) => scalar`"
    expect(await problemOf("export const a = 1\n")).toMatchObject({
      message: "the loss module has no function as default export",
      fix,
    })
    expect(await problemOf("export default () => 1\n")).toMatchObject({
      message: "the default export of the loss module does not return a loss",
      fix,
    })
  })

  it("is shown what it throws", async () => {
    expect(await problemOf("export default () => { throw new Error('bad share') }\n")).toEqual({
      message: "the loss module throws",
      file: expect.any(String),
      found: "bad share",
      fix: "mend the module, or give it other options",
    })
    expect(await problemOf("export default () => { throw 'a text' }\n")).toMatchObject({ found: "a text" })
  })

  it.each([
    ['import "no-such-package-of-anybody"\n', "put the module inside the checkout"],
    ['import "./absent.mjs"\n', "check the path"],
    ['throw new Error("no licence")\n', "mend the module: it must load without an error"],
    ['throw Object.assign(new Error("x"), { code: "EOTHER" })\n', "mend the module: it must load"],
    [
      'throw new Error("Unknown file extension .ts")\n',
      "compile it to JavaScript, or run losslab from a checkout",
    ],
  ])("that cannot be loaded for %j gets a fix that fits", async (text, fix) => {
    const problem = await problemOf(text + good)
    expect(problem.message).toBe("the loss module cannot be loaded")
    expect(problem.fix).toContain(fix)
    expect(problem.found).not.toContain("moduleLoss")
  })
})

describe("the loss of a module", () => {
  const input = row([0], [1])
  const apply = async (body: string) => {
    const path = await written(`export default () => () => { ${body} }\n`)
    const { loss } = await loadLossModule({ path, options: {} })
    return { path, value: () => lossValue(loss, input) }
  }

  it("is what it returns, a scalar", async () => {
    thrown.losslabThrown = tf
    const { value } = await apply("return losslabThrown.scalar(3)")
    expect(value()).toBe(3)
  })

  it("that throws is a problem of the module", async () => {
    const { path, value } = await apply("throw new Error('no such op')")
    expect(value).toThrow(
      expect.objectContaining({
        kind: "config",
        problems: [
          {
            message: "the loss of the module throws",
            file: path,
            found: "no such op",
            fix: "mend the module",
          },
        ],
      }),
    )
  })

  it("that throws a failure of losslab's, or is not to be compiled, says so itself", async () => {
    const failed = failure("data", { message: "of its own" })
    thrown.losslabThrown = failed
    expect((await apply("throw losslabThrown")).value).toThrow(failed)
    const placed = new Error("cannot be compiled")
    const refused = Object.assign(new Error("refused"), {
      inFile: (file: string) => Object.assign(placed, { file }),
    })
    thrown.losslabThrown = refused
    const { path, value } = await apply("throw losslabThrown")
    expect(value).toThrow(placed)
    expect(placed).toMatchObject({ file: path })
  })

  it("that returns no scalar is told what would be one", async () => {
    thrown.losslabThrown = tf
    const { value } = await apply("return losslabThrown.zeros([2, 3])")
    expect(value).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            message: "the loss of the module returns a tensor of shape [2, 3] instead of a scalar tensor",
            fix: "end with tf.mean or tf.sum, without `async`",
          }),
        ],
      }),
    )
  })
})
