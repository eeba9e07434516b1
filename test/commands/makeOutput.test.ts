import { constants } from "node:fs"
import { access, mkdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { makeOutput } from "../../src/commands/makeOutput.ts"
import { refusal } from "../data/support/refusal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, access: vi.fn(actual.access) }
})
afterEach(() => void vi.resetAllMocks())

describe("makeOutput", () => {
  it("makes the directory and the one below it, also when they are there", async () => {
    const folder = join(await temporaryFolder(), "runs", "a")
    await makeOutput("run directory", folder, "cells")
    await makeOutput("run directory", folder, "cells")
    expect((await stat(join(folder, "cells"))).isDirectory()).toBe(true)
  })

  it("refuses one that cannot be made", async () => {
    const file = join(await temporaryFolder(), "file")
    await writeFile(file, "")
    const failed = await refusal(makeOutput("run directory", file, "cells"))
    expect(failed.kind).toBe("environment")
    expect(failed.problems).toEqual([
      {
        file,
        message: "the run directory cannot be written",
        found: "a part of the path is a file",
        fix: "choose another directory with --out, or mend its permissions",
      },
    ])
    expect(failed.cause).toMatchObject({ code: "ENOTDIR" })
  })

  // Whoever may do everything, as in a container, meets no folder that cannot be written.
  it.each(["", "cells"])("refuses one where %j cannot be written, before the work", async (below) => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, "cells"))
    vi.mocked(access).mockImplementation(async (path, mode) => {
      if (path === join(folder, below) && mode === constants.W_OK)
        throw Object.assign(new Error("EACCES"), { code: "EACCES" })
    })
    expect((await refusal(makeOutput("output directory", folder, "cells"))).problems).toMatchObject([
      { file: folder, message: "the output directory cannot be written", found: "there is no permission" },
    ])
  })
})
