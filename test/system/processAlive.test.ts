import { spawnSync } from "node:child_process"
import { afterEach, describe, expect, it, vi } from "vitest"
import { processAlive } from "../../src/system/processAlive.ts"

afterEach(() => void vi.restoreAllMocks())

describe("processAlive", () => {
  it("knows a process that runs from one that has ended", () => {
    expect(processAlive(process.pid)).toBe(true)
    expect(processAlive(process.ppid)).toBe(true)
    expect(processAlive(spawnSync(process.execPath, ["--version"]).pid)).toBe(false)
  })

  it("takes another user's for alive, and sends it nothing", () => {
    const kill = vi.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("kill EPERM"), { code: "EPERM" })
    })
    expect(processAlive(7)).toBe(true)
    expect(kill.mock.calls).toEqual([[7, 0]])
  })
})
