import { spawnSync } from "node:child_process"
import { openSync } from "node:fs"
import { beforeAll, describe, expect, it } from "vitest"
import { cli, mainArguments, startCli } from "../support/cli.ts"
import { sharedFolder, sweepOfEpochs } from "../support/experimentFiles.ts"

const folder = sharedFolder()
beforeAll(() => folder.write("tiny.yaml", sweepOfEpochs(1, 2)))

const losslab = (...args: readonly string[]) => cli(folder.path, args)

describe("the command line", () => {
  it("has a page with an example for every verb", async () => {
    const { code, stdout } = await losslab("--help")
    expect(code).toBe(0)
    const [list] = stdout.split("\nExamples:\n")
    const verbs = [...list!.matchAll(/^ {2}([a-z-]+) .*\S/gm)].map(([, verb]) => verb!)
    expect(verbs).toEqual(expect.arrayContaining(["run", "plan", "validate", "show", "loss", "doctor"]))
    for (const verb of verbs.filter((each) => each !== "help")) {
      const page = await losslab(verb, "--help")
      expect(page, verb).toMatchObject({ code: 0, stderr: "" })
      expect(page.stdout).toMatch(new RegExp(`\nExample:\n {2}losslab ${verb}\\b`))
    }
  })

  it.each([
    ["no verb", [], "no verb is given"],
    ["a misspelt verb", ["rnu", "tiny.yaml"], "there is no verb `rnu`\n  did you mean `run`?"],
    [
      "a misspelt flag",
      ["run", "tiny.yaml", "--bakend", "x"],
      "there is no option `--bakend`\n  did you mean `--backend`?",
    ],
    [
      "an unknown engine",
      ["run", "tiny.yaml", "--backend", "torch"],
      "expected: one of `auto`, `tensorflow`, `javascript`",
    ],
    ["an empty output directory", ["run", "tiny.yaml", "--out", ""], "--out names no folder"],
    ["a missing file name", ["run"], "the argument <file> is missing"],
    [
      "an index that is no number",
      ["cell", "--plan", "p", "--index", "x"],
      "--index is not the number of a cell",
    ],
    [
      "a plan that is none",
      ["cell", "--plan", "tiny.yaml", "--index", "0"],
      "tiny.yaml  the file is not a plan",
    ],
  ])("refuses %s as a usage error", async (_, args, message) => {
    const { code, stdout, stderr } = await losslab(...args)
    expect(stderr).toContain(message)
    expect(stderr).toContain("fix: ")
    expect(stderr).not.toContain("    at ")
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
  })

  it("answers --json with one object on stdout, and with problems as one object on stderr", async () => {
    const right = await losslab("validate", "tiny.yaml", "--json")
    expect(right).toMatchObject({ code: 0, stderr: "" })
    expect(JSON.parse(right.stdout).experiments[0].cells).toEqual(["epochs=1", "epochs=2"])

    const wrong = await losslab("show", "tiny.yaml", "--set", "train.batchSize=0", "--json")
    expect(wrong).toMatchObject({ code: 2, stdout: "" })
    expect(JSON.parse(wrong.stderr).problems).toMatchObject([
      {
        file: "--set train.batchSize=0",
        path: "train.batchSize",
        expected: "an integer from 1 to 4096",
        found: "0",
      },
    ])

    const usage = await losslab("plan", "--json")
    expect(JSON.parse(usage.stderr).problems[0].message).toBe("the argument <file> is missing")
  })

  it("does not mind a reader that has enough, but minds a full disk", async () => {
    const enough = startCli(folder.path, ["schema"])
    enough.process.stdout!.destroy()
    expect(await enough.ended).toMatchObject({ code: 0, stderr: "" })

    const full = spawnSync(process.execPath, [...mainArguments, "schema"], {
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
      encoding: "utf8",
    })
    expect(full.status).toBe(5)
    expect(full.stderr).toMatch(/ENOSPC.*\n {2}fix: free some disk space\n$/)
  })

  it("writes no escape codes where nobody looks", async () => {
    for (const env of [{}, { NO_COLOR: "1" }]) {
      const { stdout, stderr } = await cli(folder.path, ["show", "tiny.yaml", "--set", "seed=x"], env)
      expect(stdout + stderr).not.toContain("\u001b")
    }
  })
})
