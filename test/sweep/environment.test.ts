import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { cpus, release, totalmem } from "node:os"
import { beforeEach, describe, expect, it, vi } from "vitest"
import type { Engine } from "../../src/engine/engine.ts"
import { describeEnvironment, environmentOf, losslabVersion } from "../../src/sweep/environment.ts"
import { useFolder } from "../support/folder.ts"

useFolder()
// Where git calls these tests, it names its own repository.
beforeEach(() => {
  for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) vi.stubEnv(name, undefined)
})

const engine: Engine = { name: "tensorflow", version: "TensorFlow 2.21.0", threads: 2, passedOver: [] }

const git = (...words: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim()

const commitOf = async () => (await environmentOf(engine, "")).commit

describe("environmentOf", () => {
  it("says all that a result depends on beside its inputs", async () => {
    const { memory, ...environment } = await environmentOf(engine, "losslab run a.yaml")
    expect(environment).toEqual({
      command: "losslab run a.yaml",
      losslab: losslabVersion(),
      commit: "not in a git repository",
      engine: "TensorFlow 2.21.0 (tensorflow, 2 threads)",
      node: process.version,
      platform: `${process.platform} ${release()} ${process.arch}`,
      cpu: `${cpus()[0]!.model} x ${cpus().length}`,
    })
    expect(memory).toMatch(/^\d+\.\d GiB$/)
    expect(Number.parseFloat(memory!)).toBeCloseTo(totalmem() / 1024 / 1024 / 1024, 0)
  })

  it("names every engine that was passed over, and why", async () => {
    const passedOver = [
      { name: "LOSSLAB_TENSORFLOW", reason: "no library" },
      { name: "python", reason: "there is none" },
    ]
    expect(await environmentOf({ ...engine, passedOver }, "")).toMatchObject({
      "passed over: LOSSLAB_TENSORFLOW": "no library",
      "passed over: python": "there is none",
    })
  })

  it("names the commit, and says when a file of it was changed", async () => {
    git("init", "--quiet")
    writeFileSync("a.yaml", "a")
    git("add", "a.yaml")
    git("commit", "--quiet", "--no-gpg-sign", "--message", "a")
    const commit = git("rev-parse", "HEAD")
    writeFileSync("notes.txt", "not of the commit")
    expect(await commitOf()).toBe(commit)
    writeFileSync("a.yaml", "b")
    expect(await commitOf()).toBe(`${commit}+changes`)
  })

  it("has no commit in a repository that has none", async () => {
    git("init", "--quiet")
    expect(await commitOf()).toBe("not in a git repository")
  })
})

describe("describeEnvironment", () => {
  it("writes it into environment.json, a line for each thing", async () => {
    await describeEnvironment(".", engine, "losslab run a.yaml")
    const text = readFileSync("environment.json", "utf8")
    expect(JSON.parse(text)).toEqual(await environmentOf(engine, "losslab run a.yaml"))
    expect(text).toMatch(/^\{\n {2}"command": "losslab run a.yaml",\n/)
    expect(text.endsWith("}\n")).toBe(true)
  })
})

it("knows losslab's version", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
  expect(losslabVersion()).toBe(version)
})
