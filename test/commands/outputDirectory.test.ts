import { beforeAll, describe, expect, it } from "vitest"
import { cli } from "../support/cli.ts"
import { sharedFolder, tinyExperiment } from "../support/experimentFiles.ts"

const folder = sharedFolder()
beforeAll(() => folder.write("tiny.yaml", tinyExperiment))

describe("run --out", () => {
  it.each(["/proc/nowhere", "tiny.yaml", "tiny.yaml/below"])(
    "refuses the run directory %s, which cannot be written, before anything is done",
    async (out) => {
      const { code, stdout, stderr } = await cli(folder.path, ["run", "tiny.yaml", "--out", out])
      expect({ code, stdout }).toEqual({ code: 5, stdout: "" })
      expect(stderr).toContain(`${out}  the run directory cannot be written\n`)
      expect(stderr).toContain("fix: choose another directory with --out")
      expect(stderr).not.toContain("    at ")
    },
  )
})
