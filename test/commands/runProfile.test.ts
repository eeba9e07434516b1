import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import type { Profile } from "../../src/pipeline/profile/profile.ts"
import { cli, type Ended } from "../support/cli.ts"
import { sharedFolder, tinyExperiment } from "../support/experimentFiles.ts"
import { whyNoTensorflow } from "../support/tensorflow.ts"
import { expectValidTrace, spansOf } from "../support/traces.ts"

const folder = sharedFolder()

/** Runs the experiment into a folder, with a store of its own, so that it is trained. */
const run = (out: string, ...args: readonly string[]): Promise<Ended> =>
  cli(folder.path, ["run", "tiny.yaml", "--out", out, ...args], { LOSSLAB_STORE: `${out}-store` })

/** A file of the one cell of a run. */
const cellFile = (out: string, ...name: readonly string[]): string => {
  const cells = join(folder.path, out, "cells")
  const [only, ...others] = readdirSync(cells)
  expect(others).toEqual([])
  return join(cells, only!, ...name)
}

const profileOf = (out: string): Profile => JSON.parse(readFileSync(cellFile(out, "profile.json"), "utf8"))

const namesOf = (profile: Profile) => new Set(spansOf(profile).map(({ name }) => name))

const stages = ["start", "train", "epoch", "validation", "checkpoint", "evaluate"]
const inside = ["prepare a sample", "wait for a batch", "upload", "step", "read back"].concat([
  "forward passes",
  "native mask",
  "scoring",
])

beforeAll(() => folder.write("tiny.yaml", tinyExperiment))

// Each test goes on where the one before it stopped.
describe("run --profile on the JavaScript engine", () => {
  let profiled: Ended

  beforeAll(async () => {
    profiled = await run("profiled", "--backend", "javascript", "--profile")
    expect(profiled).toMatchObject({ code: 0, stdout: "profiled/report/index.html\n" })
  })

  it("writes a trace of the stages and of what they do, and says that there are no operations", () => {
    const profile = profileOf("profiled")
    expectValidTrace(profile)
    expect([...namesOf(profile)]).toEqual(expect.arrayContaining([...stages, ...inside]))
    expect(spansOf(profile).every(({ cat }) => cat === "span")).toBe(true)
    expect(profile.otherData.notes).toEqual([
      "the training step is not compiled here, and only compiled functions have operations to list",
      "the forward pass is not compiled here, and only compiled functions have operations to list",
    ])
  })

  it("tells where the trace lies and what took the time", () => {
    expect(profiled.stderr).toMatch(
      /^tiny {2}profile: profiled\/cells\/tiny-[0-9a-f]{8}\/profile\.json\n\nthe cell's time +seconds +share\n/m,
    )
    expect(profiled.stderr).toMatch(/^training steps +\d+\.\d\d +\d+\.\d %$/m)
    expect(profiled.stderr).toContain("note: the training step is not compiled here")
  })

  it("changes neither the key nor the weights, and without it there is no profile", async () => {
    expect((await run("plain", "--backend", "javascript")).code).toBe(0)
    expect(existsSync(cellFile("plain", "profile.json"))).toBe(false)
    const keyOf = (out: string) => JSON.parse(readFileSync(cellFile(out, "result.json"), "utf8")).key
    expect(keyOf("plain")).toBe(keyOf("profiled"))
    for (const name of [join("checkpoints", "weights.safetensors"), "scores.csv"])
      expect(readFileSync(cellFile("plain", name))).toEqual(readFileSync(cellFile("profiled", name)))
  })

  it("says that nothing was profiled where nothing was computed, and how it would be", async () => {
    const { code, stderr } = await run("plain", "--backend", "javascript", "--profile")
    expect(code).toBe(0)
    expect(stderr).toContain("tiny  done before, kept")
    expect(stderr).toContain(
      "nothing was profiled of tiny: the results were there before, and nothing was computed\n  fix: profile a run that begins anew: LOSSLAB_STORE=<empty folder>",
    )
    expect(existsSync(cellFile("plain", "profile.json"))).toBe(false)
  })

  it("profiles what is computed when the training was in the store", async () => {
    const { code, stderr } = await run(
      ...["plain", "--backend", "javascript", "--profile"],
      ...["--set", "evaluate.metrics=[dice]"],
    )
    expect(code).toBe(0)
    expect(stderr).toContain("note: what train makes was in the store: no training step was profiled")
  })

  it("keeps the results of a cell whose profile cannot be written, with a warning", async () => {
    // As a full disk would, a folder stands in the way.
    for (const name of ["profile.json", "result.json"]) rmSync(cellFile("profiled", name))
    mkdirSync(cellFile("profiled", "profile.json"))
    rmSync(join(folder.path, "profiled-store"), { recursive: true })
    const cell = ["cell", "--plan", "profiled/plan.json", "--index", "0", "--profile"]
    const { code, stdout } = await cli(folder.path, cell)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^\{"event":"warning","message":"the profile cannot be written to .*\}\n\{"event":"finished"/m,
    )
    expect(existsSync(cellFile("profiled", "result.json"))).toBe(true)
  })
})

describe.skipIf(whyNoTensorflow !== null)("run --profile on the TensorFlow engine", () => {
  it("writes the operations of a training step and of a forward pass, and shows the most expensive", async () => {
    const { code, stderr } = await run("compiled", "--backend", "tensorflow", "--profile")
    expect(code).toBe(0)
    const profile = profileOf("compiled")
    expectValidTrace(profile)
    expect(profile.otherData.notes).toEqual([])
    expect([...namesOf(profile)]).toEqual(expect.arrayContaining([...stages, ...inside]))
    for (const pid of [2, 3]) {
      const operations = spansOf(profile).filter((one) => one.pid === pid)
      expect(operations.some(({ name }) => name.includes("Conv2D"))).toBe(true)
      for (const { args } of operations)
        expect(args).toEqual({ name: expect.any(String), operation: expect.any(String) })
    }
    expect(stderr).toMatch(/^operations of a training step +count +ms +share$/m)
    expect(stderr).toMatch(/^Conv2D\w* +\d+ +\d+\.\d\d +\d+\.\d %$/m)
  })
})
