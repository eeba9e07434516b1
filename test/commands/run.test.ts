import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { cli, startCli } from "../support/cli.ts"
import { sharedFolder, sweepOfEpochs, tinyExperiment } from "../support/experimentFiles.ts"

const folder = sharedFolder()
const at = (...path: readonly string[]) => join(folder.path, ...path)
const losslab = (...args: readonly string[]) => cli(folder.path, [...args, "--backend", "javascript"])
const run = () => losslab("run", "tiny.yaml")

const journal = (): { readonly event: string; readonly cell?: string }[] =>
  readFileSync(at("runs/tiny/journal.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))

const folderOf = (label: string): string => {
  const names = readdirSync(at("runs/tiny/cells")).filter((name) => name.startsWith(`${label}-`))
  expect(names).toHaveLength(1)
  return at("runs/tiny/cells", names[0]!)
}

beforeAll(async () => {
  folder.write("tiny.yaml", sweepOfEpochs(1, 2))
  expect(await run()).toMatchObject({ code: 0, stdout: "runs/tiny/report/index.html\n" })
})

// Each test goes on where the one before it stopped.
describe("run", () => {
  it("journals what it does and leaves the whole tree", () => {
    expect(journal().map(({ event, cell }) => [event, cell].filter(Boolean).join(" "))).toEqual([
      "planned",
      "started epochs=1",
      "done epochs=1",
      "started epochs=2",
      "done epochs=2",
      "reported",
    ])
    expect(readdirSync(folderOf("epochs=2")).sort()).toEqual(
      ["checkpoints", "config.yaml", "environment.json", "log.jsonl", "loss.csv", "predictions"].concat([
        "result.json",
        "scores.csv",
        "stderr.log",
      ]),
    )
    expect(readdirSync(at("runs/tiny/report"))).toEqual(
      expect.arrayContaining([
        "comment.md",
        "index.html",
        "statistics.json",
        "table-loss.csv",
        "table-scores.csv",
      ]),
    )
    expect(readdirSync(at("runs/tiny"))).not.toContain(".lease")
  })

  it("reports commands that work in the run directory, and no path that moving it would break", async () => {
    const { cells } = JSON.parse(readFileSync(at("runs/tiny/report/statistics.json"), "utf8")) as {
      cells: { command: string }[]
    }
    expect(cells.map(({ command }) => command)).toEqual([
      "losslab cell --plan plan.json --index 0",
      "losslab cell --plan plan.json --index 1",
    ])
    for (const name of ["statistics.json", "index.html"])
      expect(readFileSync(at("runs/tiny/report", name), "utf8").includes(folder.path), name).toBe(false)
    const { code } = await cli(at("runs/tiny"), cells[0]!.command.split(" ").slice(1))
    expect(code).toBe(0)
  })

  it("writes result.json last", () => {
    const cell = folderOf("epochs=1")
    const written = (name: string) => statSync(join(cell, name)).mtimeMs
    const others = readdirSync(cell).filter((name) => !["result.json", "log.jsonl"].includes(name))
    for (const name of others) expect(written(name), name).toBeLessThanOrEqual(written("result.json"))
  })

  it("keeps the bytes of an artefact once: a cell's files are links into the store", () => {
    const { ino, nlink } = statSync(join(folderOf("epochs=1"), "checkpoints/weights.safetensors"))
    expect(nlink).toBe(2)
    const stored = readdirSync(at(".losslab/store/train")).map(
      (key) => statSync(at(".losslab/store/train", key, "weights.safetensors")).ino,
    )
    expect(stored).toContain(ino)
  })

  it("does nothing again when all is done", async () => {
    const result = join(folderOf("epochs=1"), "result.json")
    const before = statSync(result).mtimeMs
    const { code, stderr } = await run()
    expect(code).toBe(0)
    expect(stderr).toBe("epochs=1  done before, kept\nepochs=2  done before, kept\n")
    expect(statSync(result).mtimeMs).toBe(before)
    expect(
      journal()
        .slice(-4)
        .map(({ event }) => event),
    ).toEqual(["planned", "kept", "kept", "reported"])
  })

  it("plans to run only what an edit touches, and says why", async () => {
    const plan = async (yaml: string): Promise<string[]> => {
      folder.write("tiny.yaml", yaml)
      const { code, stdout } = await losslab("plan", "tiny.yaml", "--json")
      expect(code).toBe(0)
      return (JSON.parse(stdout).cells as { label: string; state: string; changed: string[] }[]).map(
        ({ label, state, changed }) => [label, state, ...changed].join(" "),
      )
    }
    const yaml = sweepOfEpochs(1, 2)
    expect(await plan(yaml.replace("name: tiny\n", "name: tiny\nreport: { title: Another }\n"))).toEqual([
      "epochs=1 cached",
      "epochs=2 cached",
    ])
    expect(await plan(yaml.replace("{ kind: bce }", "{ kind: agBce }"))).toEqual([
      "epochs=1 stale loss loss code",
      "epochs=2 stale loss loss code",
    ])
    expect(await plan(sweepOfEpochs(1, 3))).toEqual(["epochs=1 cached", "epochs=3 new"])
    folder.write("tiny.yaml", yaml)
  })

  it("notices a damaged artefact in the store, sets it aside and makes it again", async () => {
    const flip = (stage: string, name: string) => {
      const key = readdirSync(at(".losslab/store", stage)).find((each) => /^[0-9a-f]+$/.test(each))!
      const file = at(".losslab/store", stage, key, name)
      const bytes = readFileSync(file)
      bytes[bytes.length - 1]! ^= 1
      writeFileSync(file, bytes)
      return { file, right: Buffer.from(bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))) }
    }
    const dataset = flip("load", "train.safetensors")
    const references = flip("references", "references.json")
    const { code, stderr } = await run()
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /the stored load [0-9a-f]{8} is damaged \(train.safetensors does not match its checksum\)/,
    )
    expect(stderr).toMatch(/the stored references [0-9a-f]{8} is damaged/)
    expect(readFileSync(dataset.file).equals(dataset.right)).toBe(true)
    expect(readFileSync(references.file).equals(references.right)).toBe(true)
    expect(readdirSync(at(".losslab/store/load")).join()).toContain(".corrupt-1")
  })

  it("sets a damaged result aside and runs that cell again, and reports without a damaged environment", async () => {
    const environment = join(folderOf("epochs=1"), "environment.json")
    const right = readFileSync(environment)
    appendFileSync(environment, "x")
    const cell = folderOf("epochs=2")
    appendFileSync(join(cell, "result.json"), "x")
    const { code, stderr } = await run()
    expect(code).toBe(0)
    expect(stderr).toContain("epochs=1  done before, kept")
    expect(stderr).toContain("result.json is damaged; it was set aside as result.json.corrupt-1")
    expect(stderr).toContain("epochs=2  done in ")
    expect(JSON.parse(readFileSync(join(cell, "result.json"), "utf8"))).toHaveProperty("key")
    expect(readdirSync(cell)).toContain("result.json.corrupt-1")
    expect(JSON.parse(readFileSync(at("runs/tiny/report/statistics.json"), "utf8")).environment).toEqual({})
    writeFileSync(environment, right)
  })

  it("makes a deleted file of a done cell again, and plans to", async () => {
    const cell = folderOf("epochs=1")
    const [before, weights] = ["scores.csv", "checkpoints/weights.safetensors"].map((name) => {
      const bytes = readFileSync(join(cell, name))
      rmSync(join(cell, name))
      return bytes
    })
    const planned = await losslab("plan", "tiny.yaml")
    expect(planned.stdout).toMatch(/^stale {3}epochs=1 .* changed: files of the cell\ncached {2}epochs=2 /m)
    const { code, stderr } = await run()
    expect(code).toBe(0)
    expect(stderr).toMatch(/^epochs=1 {2}done in .*$/m)
    expect(stderr).not.toContain("epoch 1/1") // Nothing was trained: the store had it.
    expect(stderr).toContain("epochs=2  done before, kept")
    expect(readFileSync(join(cell, "scores.csv"))).toEqual(before)
    expect(readFileSync(join(cell, "checkpoints/weights.safetensors"))).toEqual(weights)
  })

  it("refuses a second run in the same directory while one is at work, and harms neither", async () => {
    folder.write(
      "long.yaml",
      tinyExperiment.replace("name: tiny", "name: long").replace("epochs: 1", "epochs: 9"),
    )
    const first = startCli(folder.path, ["run", "long.yaml", "--backend", "javascript"])
    await first.says("epoch 1/9")
    const second = await losslab("run", "long.yaml")
    expect(second).toMatchObject({ code: 5, stdout: "" })
    expect(second.stderr).toContain("another losslab is running in this directory")
    expect(second.stderr).toContain(`found: process ${first.process.pid} on `)
    expect((await first.ended).code).toBe(0)
  })

  it("refuses an index that the plan does not have", async () => {
    const { code, stderr } = await cli(folder.path, ["cell", "--plan", "runs/tiny/plan.json", "--index", "7"])
    expect(code).toBe(2)
    expect(stderr).toContain("the plan has no cell 7\n  expected: an index from 0 to 1")
  })

  it("trains with a loss of the researcher's own", async () => {
    folder.write(
      "losses/brier.mjs",
      `import * as tf from ${JSON.stringify(import.meta.resolve("@tensorflow/tfjs-core"))}
export default ({ scale }) => (logits, { mask }) =>
  tf.mul(scale, tf.mean(tf.squaredDifference(tf.sigmoid(logits), mask)))
`,
    )
    folder.write(
      "own.yaml",
      tinyExperiment
        .replace("name: tiny", "name: own")
        .replace("{ kind: bce }", "{ kind: module, path: losses/brier.mjs, options: { scale: 2 } }"),
    )
    const { code, stderr } = await losslab("run", "own.yaml")
    expect(stderr).toMatch(/^own {2}epoch 1\/1 {2}loss 0\.\d+/m)
    expect(code).toBe(0)
  })

  it("does not work on a plan whose code has changed since, and files nothing under its keys", async () => {
    const module = readFileSync(at("losses/brier.mjs"), "utf8")
    folder.write("losses/brier.mjs", module.replace("tf.mul(scale,", "tf.mul(100 * scale,"))
    const { code, stdout, stderr } = await cli(folder.path, [
      "cell",
      "--plan",
      "runs/own/plan.json",
      "--index",
      "0",
    ])
    expect(code).toBe(5)
    expect(stderr).toContain("the plan does not fit any more: loss code changed since it was made")
    expect(stdout).toContain('"event":"failed"')
    folder.write("losses/brier.mjs", module)
  })

  it("does not work on a plan that was made for another engine", async () => {
    const plan = readFileSync(at("runs/tiny/plan.json"), "utf8")
    folder.write("other/plan.json", plan.replaceAll(/"engine": "[0-9a-f]{64}"/g, '"engine": "0"'))
    const { code, stderr } = await cli(folder.path, ["cell", "--plan", "other/plan.json", "--index", "0"])
    expect(code).toBe(5)
    expect(stderr).toContain("engine changed since it was made")
  })
})
