import { describe, expect, it } from "vitest"
import { validate } from "../../src/commands/validate.ts"
import { Failure } from "../../src/failure/failure.ts"
import { useFolder } from "../support/folder.ts"
import { experiment } from "./experimentText.ts"

const write = useFolder()

const printed = async (
  files: readonly string[],
  json = false,
): Promise<{ text: string; failure?: Failure }> => {
  let text = ""
  const out = (more: string): void => {
    text += more
  }
  try {
    await validate(files, { json, out })
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
      text: "one.yaml: ok, 1 cell\ntwo.yaml: ok, 2 cells\n",
    })
    const { text } = await printed(["one.yaml", "two.yaml"], true)
    expect(JSON.parse(text)).toEqual({
      experiments: [
        { file: "one.yaml", name: "tiny", cells: ["tiny"] },
        { file: "two.yaml", name: "tiny", cells: ["seed=1", "seed=2"] },
      ],
    })
  })

  it("fails with the problems of all files, after the files that are right", async () => {
    write("one.yaml", experiment)
    write("two.yaml", experiment.replace("epochs", "epoch"))
    const { text, failure } = await printed(["none.yaml", "one.yaml", "two.yaml"])
    expect(text).toBe("one.yaml: ok, 1 cell\n")
    expect(failure?.kind).toBe("config")
    expect(failure?.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      "none.yaml no such file: none.yaml",
      "two.yaml train.epochs: missing",
      "two.yaml train.epoch: unknown key",
    ])
    expect((await printed(["one.yaml", "two.yaml"], true)).text).toBe("")
  })
})
