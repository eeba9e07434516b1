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
})
