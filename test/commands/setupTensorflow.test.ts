import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { setupTensorflow } from "../../src/commands/setupTensorflow.ts"

afterEach(() => vi.unstubAllEnvs())

describe("setupTensorflow", () => {
  it("says in one line on stderr that the slow engine will do where there is no Python", async () => {
    const cache = mkdtempSync(join(tmpdir(), "losslab-setup-"))
    vi.stubEnv("XDG_CACHE_HOME", cache)
    vi.stubEnv("PATH", "/nowhere")
    vi.stubEnv("LOSSLAB_TENSORFLOW", "")
    const out: string[] = []
    const stderr: string[] = []
    await setupTensorflow({ out: (text) => out.push(text), stderr: { write: (text) => stderr.push(text) } })
    rmSync(cache, { recursive: true })
    expect(out).toEqual([])
    expect(stderr).toHaveLength(1)
    expect(stderr[0]).toMatch(/^warning: losslab will use its slow engine "javascript": [^\n]+\n$/)
  })

  it.runIf(process.platform === "linux")("warns of a LOSSLAB_TENSORFLOW that it cannot use", async () => {
    for (const name of ["LOSSLAB_TENSORFLOW", "PATH"]) vi.stubEnv(name, "/nowhere")
    const cache = mkdtempSync(join(tmpdir(), "losslab-setup-"))
    vi.stubEnv("XDG_CACHE_HOME", cache)
    const stderr: string[] = []
    await setupTensorflow({ out: () => {}, stderr: { write: (text) => stderr.push(text) } })
    rmSync(cache, { recursive: true })
    expect(stderr[0]).toMatch(/^warning: LOSSLAB_TENSORFLOW=\/nowhere is passed over [^\n]+\n$/)
  })
})
