import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { doctor } from "../../src/commands/doctor.ts"
import { libraryFiles } from "../../src/engine/tensorflow/library.ts"

const run = async (json: boolean): Promise<string[]> => {
  const printed: string[] = []
  await doctor({ json, backend: "javascript", out: (text) => printed.push(text) })
  return printed
}

afterEach(() => vi.unstubAllEnvs())

describe("doctor", () => {
  it("prints one JSON object with the engine, the machine and a passed self check", async () => {
    const printed = await run(true)
    expect(printed).toHaveLength(1)
    expect(JSON.parse(printed[0]!)).toMatchObject({
      losslab: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      machine: { node: process.version, cores: expect.any(Number) },
      engine: { name: "javascript", version: "tfjs-backend-cpu 4.22.0", threads: 1, passedOver: [] },
      selfCheck: { maxDifference: 0, passed: true },
    })
  })

  it("prints everything else where the engine cannot start, and then fails", async () => {
    for (const name of ["LOSSLAB_TENSORFLOW", "XDG_CACHE_HOME", "PATH"]) vi.stubEnv(name, "/nowhere")
    const printed: string[] = []
    const out = (text: string) => printed.push(text)
    await expect(doctor({ json: false, backend: "tensorflow", out })).rejects.toMatchObject({
      kind: "environment",
      message: "the engine tensorflow is not available",
    })
    const text = printed.join("\n")
    expect(text).toContain("engine       none: the engine tensorflow is not available\npassed over  ")
    expect(text).toContain(`node         ${process.version}`)
    expect(text).not.toContain("self check")
  })

  it("names a library that does not load, in JSON as well", async () => {
    const folder = mkdtempSync(join(tmpdir(), "losslab-doctor-"))
    const { framework, main } = libraryFiles(folder)
    for (const file of [framework, main]) writeFileSync(file, "not a library")
    vi.stubEnv("LOSSLAB_TENSORFLOW", folder)
    const printed: string[] = []
    const out = (text: string) => printed.push(text)
    await expect(doctor({ json: true, backend: "tensorflow", out })).rejects.toMatchObject({
      kind: "environment",
    })
    rmSync(folder, { recursive: true })
    expect(JSON.parse(printed[0]!)).toMatchObject({
      machine: { node: process.version },
      engine: { name: "none", reason: expect.any(String), passedOver: expect.any(Array) },
      selfCheck: null,
    })
  })

  it("knows no Python where python3 answers something else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "losslab-doctor-"))
    writeFileSync(join(folder, "python3"), "#!/bin/sh\necho hello\n", { mode: 0o755 })
    vi.stubEnv("PATH", folder)
    const [printed] = await run(true)
    rmSync(folder, { recursive: true })
    expect(JSON.parse(printed!)).toMatchObject({ python: null, pip: null })
  })

  it("prints a line for each finding otherwise", async () => {
    const text = (await run(false)).join("\n")
    expect(text).toContain("engine       javascript (tfjs-backend-cpu 4.22.0), 1 thread\n")
    expect(text).toContain("self check   passed, largest difference 0")
  })

  it("has no steps to compare where nothing is compiled, and says so when asked", async () => {
    const printed: string[] = []
    const asked = { backend: "javascript", engine: true, out: (text: string) => printed.push(text) } as const
    await doctor({ ...asked, json: false })
    expect(printed.at(-1)).toBe(
      "\nnothing is compiled on this engine, so there are no compiled steps to compare",
    )
    await doctor({ ...asked, json: true })
    expect(JSON.parse(printed.at(-1)!)).toMatchObject({ steps: null })
  })
})
