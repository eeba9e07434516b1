import { describe, expect, it } from "vitest"
import { validate } from "../../src/commands/validate.ts"
import { Failure } from "../../src/failure/failure.ts"
import { useFolder } from "../support/folder.ts"
import { experiment as full } from "./experimentText.ts"

const write = useFolder()

/** With a network that a step in JavaScript does not keep waiting. */
const experiment = full.replace("{ kind: unet }", "{ kind: unet, depth: 3, baseWidth: 2 }")

const printed = async (
  files: readonly string[],
  json = false,
): Promise<{ text: string; failure?: Failure }> => {
  let text = ""
  const out = (more: string): void => {
    text += more
  }
  try {
    await validate(files, { json, out, backend: "javascript" })
    return { text }
  } catch (error) {
    if (error instanceof Failure) return { text, failure: error }
    throw error
  }
}

describe("validate", () => {
  it("says how many cells each experiment has", async () => {
    write("one.yaml", experiment)
    write("two.yaml", `${experiment}sweep: { factors: [{ name: seed, path: seed, values: [1, 2] }] }\n`)
    expect(await printed(["one.yaml", "two.yaml"])).toEqual({
      text: "one.yaml: ok, 1 cell, 1 loss tried\ntwo.yaml: ok, 2 cells, 1 loss tried\n",
    })
    const { text } = await printed(["one.yaml", "two.yaml"], true)
    expect(JSON.parse(text)).toEqual({
      experiments: [
        { file: "one.yaml", name: "tiny", cells: ["tiny"], tried: 1, warnings: [] },
        { file: "two.yaml", name: "tiny", cells: ["seed=1", "seed=2"], tried: 1, warnings: [] },
      ],
    })
  })

  it("fails with the problems of all files, after the files that are right", async () => {
    write("one.yaml", experiment)
    write("two.yaml", experiment.replace("epochs", "epoch"))
    const { text, failure } = await printed(["none.yaml", "one.yaml", "two.yaml"])
    expect(text).toBe("one.yaml: ok, 1 cell, 1 loss tried\n")
    expect(failure?.kind).toBe("config")
    expect(failure?.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      "none.yaml there is no such file",
      "two.yaml train.epochs: missing",
      "two.yaml train.epoch: unknown key",
    ])
    expect((await printed(["one.yaml", "two.yaml"], true)).text).toBe("")
  })

  it("refuses a loss that fails or is not finite before anything is trained", async () => {
    write("throws.mjs", 'export default () => () => { throw new Error("not yet") }\n')
    write(
      "nan.mjs",
      'import { scalar } from "@tensorflow/tfjs-core"\nexport default () => () => scalar(Number.NaN)\n',
    )
    const own = (file: string) => experiment.replace("{ kind: bce }", `{ kind: module, path: ./${file} }`)
    write("throws.yaml", own("throws.mjs"))
    write("nan.yaml", own("nan.mjs"))
    const { failure } = await printed(["throws.yaml"])
    expect(failure?.kind).toBe("config")
    expect(failure?.problems).toMatchObject([{ message: "the loss of the module throws", found: "not yet" }])
    const nan = await printed(["nan.yaml"])
    expect(nan.failure?.kind).toBe("numerics")
    expect(nan.failure?.problems[0]).toMatchObject({
      file: "nan.yaml",
      path: "train.loss",
      found: expect.stringContaining("loss NaN"),
    })
  })

  it("refuses bfloat16 where a run would, once for an experiment, and not before the files that are right", async () => {
    write("exact.yaml", experiment)
    write(
      "rounded.yaml",
      `${experiment}sweep: { factors: [{ name: precision, path: train.precision, values: [float32, bfloat16] }] }\n`,
    )
    const { text, failure } = await printed(["exact.yaml", "rounded.yaml"])
    expect(text).toBe("exact.yaml: ok, 1 cell, 1 loss tried\n")
    expect(failure?.kind).toBe("environment")
    expect(failure?.problems).toMatchObject([
      { file: "rounded.yaml", path: "train.precision", message: "bfloat16 needs the engine tensorflow" },
    ])
  })
})
