import { describe, expect, it } from "vitest"
import { cli } from "../support/cli.ts"
import { sharedFolder, tinyExperiment } from "../support/experimentFiles.ts"

const folder = sharedFolder()

/** The tiny experiment with one word replaced. */
const but = (word: string, other: string): string => {
  if (!tinyExperiment.includes(word)) throw new Error(`the experiment has no ${word}`)
  return tinyExperiment.replace(word, other)
}

const aliasBomb = `${["a: &a [x, x, x, x, x, x, x, x, x, x]", ..."bcdefgh"]
  .map((line, i) => (i === 0 ? line : `${line}: &${line} [${Array(10).fill(`*${"abcdefgh"[i - 1]}`)}]`))
  .join("\n")}\n${tinyExperiment}`

/** What stands in bad.yaml, and what the run says about it, every string of it. */
const cases: readonly (readonly [name: string, yaml: string, ...words: string[]])[] = [
  ["an empty file", "", "bad.yaml"],
  ["a tab for indentation", but("  epochs", "\tepochs"), "bad.yaml:10:1", "tab", "fix: indent with spaces"],
  [
    "an unknown key",
    but("epochs: 1", "epochs: 1\n  epcohs: 2"),
    "bad.yaml:11:3  train.epcohs: unknown key",
    "^^^^^^",
    "did you mean `epochs`?",
  ],
  [
    "a misspelt loss",
    but("{ kind: bce }", "{ kind: bec }"),
    "bad.yaml:7:17  train.loss.kind",
    "expected: ",
    "found: ",
    "did you mean `bce`?",
  ],
  [
    "a wrong type",
    but("epochs: 1", "epochs: many"),
    "bad.yaml:10:11  train.epochs",
    "expected: an integer",
    "many",
  ],
  [
    "a number out of range",
    but("epochs: 1", "epochs: 0"),
    "bad.yaml:10:11  train.epochs",
    "expected: an integer from 1 to 100000",
    "found: 0",
  ],
  [
    "a number that is none",
    but("learningRate: 0.1", "learningRate: .nan"),
    "bad.yaml:9:45  train.schedule.learningRate",
    "not a finite number",
    "found: NaN",
  ],
  ["a key given twice", but("epochs: 1", "epochs: 1\n  epochs: 2"), "bad.yaml:11:3", "epochs"],
  ["an alias bomb", aliasBomb, "bad.yaml", "alias"],
  [
    "two megabytes",
    `${tinyExperiment}# ${"x".repeat(2_000_000)}\n`,
    "bad.yaml  the file is too large for an experiment",
    "expected: at most 1000000 bytes",
  ],
]

const expectRefusal = async (args: readonly string[], words: readonly string[]): Promise<void> => {
  const { code, stdout, stderr } = await cli(folder.path, ["run", ...args])
  for (const word of words) expect(stderr).toContain(word)
  expect(stderr).not.toContain("    at ")
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
}

describe("run, given a file that is no experiment", () => {
  it.each(cases)("refuses %s", async (_, yaml, ...words) => {
    folder.write("bad.yaml", yaml)
    await expectRefusal(["bad.yaml"], words)
  })

  it("refuses a missing file, naming the nearest one", async () => {
    folder.write("tiny.yaml", tinyExperiment)
    await expectRefusal(["tyni.yaml"], ["tyni.yaml  there is no such file", "did you mean `tiny.yaml`?"])
  })

  it("refuses a folder, naming the files in it", async () => {
    folder.write("experiments/tiny.yaml", tinyExperiment)
    await expectRefusal(
      ["experiments"],
      [
        "experiments  the file cannot be read\n  found: it is a folder",
        "fix: name one of its files: tiny.yaml",
      ],
    )
  })

  it("refuses a --set of what does not exist", async () => {
    folder.write("tiny.yaml", tinyExperiment)
    await expectRefusal(
      ["tiny.yaml", "--set", "train.epoch=3", "--set", "seed=x"],
      ["--set train.epoch=3", "unknown key", "did you mean `epochs`?", "--set seed=x", "2 problems"],
    )
  })
})
