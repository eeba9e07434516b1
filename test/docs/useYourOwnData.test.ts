import { cpSync, mkdirSync, readFileSync, renameSync } from "node:fs"
import { join, resolve } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { fileOf, rootName } from "../../src/data/phantom/layout.ts"
import { phantomDefaults, writePhantom } from "../../src/data/phantom/writePhantom.ts"
import { cli } from "../support/cli.ts"
import { sharedFolder } from "../support/experimentFiles.ts"

const root = resolve(import.meta.dirname, "../..")
const page = readFileSync(join(root, "docs/how-to/use-your-own-data.md"), "utf8")

/** The page's code blocks of a language, in order. */
const blocksOf = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((found) => found[1]!)

/** The arguments of losslab that a line of the page stands for. */
const argumentsOf = (line: string): readonly string[] => {
  const words = line.split(" ")
  if (line.startsWith("npm run -s losslab -- ")) return words.slice(5)
  if (line.startsWith("npm run experiment -- ")) return ["run", ...words.slice(4)]
  throw new Error(`the page has a command of another kind: ${line}`)
}

describe("docs/how-to/use-your-own-data.md", () => {
  const folder = sharedFolder()
  const [experiment, nnunet] = blocksOf("yaml") as [string, string]

  /** "Put your data here": small scans, two of each of six patients, the last one new, under the page's names. */
  beforeAll(async () => {
    const made = join(folder.path, "phantom")
    const scans = 12
    const size = { slices: 2, rows: 48, columns: 64 }
    await writePhantom(made, { ...phantomDefaults, ...size, train: scans, test: 1 })
    for (const [name, kind] of [
      ["images", "scan"],
      ["masks", "expert"],
      ["second", "nonExpert"],
    ] as const)
      for (let i = 0; i < scans; i++) {
        const patient = Math.floor(i / 2) + 1
        const target = join(folder.path, patient === 6 ? "data/new" : "data", name)
        mkdirSync(target, { recursive: true })
        const file = fileOf(join(made, rootName), "train", kind, i + 1)
        renameSync(file, join(target, `P0${patient}_${i % 2 === 0 ? "left" : "right"}.nii.gz`))
      }
    folder.write("experiments/own-data.yaml", experiment)
    cpSync(join(root, "experiments/nnunet.yaml"), join(folder.path, "experiments/nnunet.yaml"))
  })

  it("shows the example experiments as they are", () => {
    const example = (name: string) => parse(readFileSync(join(root, "experiments", name), "utf8"))
    expect(parse(experiment)).toEqual(example("own-data.yaml"))
    expect(parse(nnunet).load.source).toEqual(example("nnunet.yaml").load.source)
  })

  it("has commands that work, one after the other, as they stand there", { timeout: 1_200_000 }, async () => {
    const lines = blocksOf("sh").flatMap((block) => block.trim().split("\n"))
    expect(lines.map((line) => argumentsOf(line)[0])).toEqual([
      ...["validate", "plan", "run", "predict", "evaluate", "evaluate"],
    ])
    for (const line of lines) {
      const { code, stdout, stderr } = await cli(folder.path, argumentsOf(line))
      expect(code, `${line}\n${stdout}${stderr}`).toBe(0)
      if (line.includes("experiment --"))
        expect(stdout.trim()).toMatch(/runs\/own-data\/report\/index\.html$/)
    }
    const report = readFileSync(join(folder.path, "runs/own-data/report/index.html"), "utf8")
    expect(report).toContain("10 cases of 5 patients.")
    const scores = readFileSync(join(folder.path, "runs/own-data/report/table-scores.csv"), "utf8")
    expect(scores).toContain("focal")
  })
})
