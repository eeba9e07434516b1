import { mkdir } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { makeFolder } from "../../src/system/makeFolder.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, mkdir: vi.fn(actual.mkdir) }
})
afterEach(() => void vi.resetAllMocks())

const refused = (code: string) => Object.assign(new Error(code), { code })

describe("makeFolder", () => {
  it("is content when another process makes the folder after those above it", async () => {
    const folder = join(await temporaryFolder(), "a", "b")
    vi.mocked(mkdir)
      .mockRejectedValueOnce(refused("ENOENT"))
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(refused("EEXIST"))
    await makeFolder(folder)
    expect(vi.mocked(mkdir).mock.calls).toEqual([[folder], [dirname(folder)], [folder]])
  })

  it("fails when the folder cannot be made after those above it either", async () => {
    vi.mocked(mkdir)
      .mockRejectedValueOnce(refused("ENOENT"))
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(refused("EACCES"))
    await expect(makeFolder("/a/b")).rejects.toThrow("EACCES")
  })

  it("fails where not even the root is there, as on a drive without a disk", async () => {
    vi.mocked(mkdir).mockRejectedValue(refused("ENOENT"))
    await expect(makeFolder("/a/b")).rejects.toThrow("ENOENT")
    expect(vi.mocked(mkdir).mock.calls).toEqual([["/a/b"], ["/a"], ["/"]])
  })
})
