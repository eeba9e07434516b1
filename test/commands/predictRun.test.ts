import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { evaluate } from "../../src/commands/evaluate.ts"
import { runCheckpoint } from "../../src/sweep/runCheckpoint.ts"
import { refusal } from "../data/support/refusal.ts"
import { cli } from "../support/cli.ts"
import { sharedFolder, sweepOfEpochs } from "../support/experimentFiles.ts"
import { evaluateCommand } from "./evaluateCommand.ts"

const folder = sharedFolder()
const at = (...path: readonly string[]) => join(folder.path, ...path)

/** The file of the phantom whose path has these words in it. */
const phantomFile = (...words: readonly string[]): string => {
  const files = readdirSync(at(".losslab/phantom"), { recursive: true, encoding: "utf8" })
  return at(".losslab/phantom", files.find((file) => words.every((word) => file.includes(word)))!)
}

const cellFolder = (label: string): string =>
  at("runs/tiny/cells", readdirSync(at("runs/tiny/cells")).find((name) => name.startsWith(`${label}-`))!)

beforeAll(async () => {
  folder.write("tiny.yaml", sweepOfEpochs(1, 3).replace("learningRate: 0.1", "learningRate: 1"))
  const { code, stderr } = await cli(folder.path, ["run", "tiny.yaml", "--backend", "javascript"])
  expect(code, stderr).toBe(0)
})

describe("predict, given a run", () => {
  it("makes of a test case the very mask that the run stored, which evaluate scores as the run did", async () => {
    const image = phantomFile("test", "micro_ultrasound_scans", ".nii.gz")
    const words = ["--run", "runs/tiny", "--cell", "epochs=3", "--input", image, "--out", "masks"]
    const ended = await cli(folder.path, ["predict", ...words, "--backend", "javascript", "--json"])
    expect(ended).toMatchObject({ code: 0, stderr: "" })
    expect(JSON.parse(ended.stdout).images).toHaveLength(1)
    const mask = at("masks/microUS_test_01.nii.gz")
    const own = cellFolder("epochs=3")
    expect(readFileSync(mask).equals(readFileSync(join(own, "predictions/microUS_test_01.nii.gz")))).toBe(
      true,
    )
    const { scores } = JSON.parse(readFileSync(join(own, "result.json"), "utf8"))
    let printed = ""
    const reference = phantomFile("expert_annotation_test")
    await evaluate(evaluateCommand({ predictions: mask, reference, per: "slice", json: true }), (text) => {
      printed += text
    })
    const { dice, hd95 } = scores.patients[0].values
    expect(dice).toBeGreaterThan(0)
    expect(JSON.parse(printed).cases).toMatchObject([{ dice, hd95 }])
  })

  it("exits with 2 and the labels when several cells are done and none is named", async () => {
    const words = ["--run", "runs/tiny", "--input", "tiny.yaml", "--out", "masks"]
    const { code, stdout, stderr } = await cli(folder.path, ["predict", ...words])
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain("expected: --cell with one of epochs=1, epochs=3")
  })

  it("guesses which cell was meant, and says what became of one that is not done", async () => {
    const unknown = await refusal(runCheckpoint(at("runs/tiny"), "epoch=1"))
    expect(unknown.problems).toMatchObject([
      { message: "the run has no cell epoch=1", suggestion: "epochs=1" },
    ])
    rmSync(join(cellFolder("epochs=1"), "result.json"))
    const unfinished = await refusal(runCheckpoint(at("runs/tiny"), "epochs=1"))
    expect(unfinished).toMatchObject({ kind: "usage", problems: [{ found: "epochs=1 was not run" }] })
    expect((await runCheckpoint(at("runs/tiny"), undefined)).label).toBe("epochs=3")
    rmSync(join(cellFolder("epochs=3"), "result.json"))
    folder.write(
      join("runs/tiny/cells", cellFolder("epochs=3").split("/").at(-1)!, "failure.json"),
      JSON.stringify({ kind: "numerics", problems: [{ message: "the loss is NaN" }] }),
    )
    const { problems } = await refusal(runCheckpoint(at("runs/tiny"), undefined))
    expect(problems).toMatchObject([
      {
        message: "no cell of the run is done",
        found: "epochs=1 was not run; epochs=3 failed (numerics): the loss is NaN",
      },
    ])
  })
})
