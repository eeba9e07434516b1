import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { doctor } from "../../src/commands/doctor.ts"

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
})
