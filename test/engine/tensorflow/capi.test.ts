import { fstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { loadCApi } from "../../../src/engine/tensorflow/capi.ts"
import { libraryFiles } from "../../../src/engine/tensorflow/library.ts"
import { Failure } from "../../../src/failure/failure.ts"

describe.skipIf(process.platform !== "linux")("loadCApi", () => {
  it.each([
    ["LOSSLAB_TENSORFLOW", /^correct LOSSLAB_TENSORFLOW/],
    ["cache", /^remove this folder and run `npm run setup`/],
    ["python", /^reinstall Python's tensorflow/],
  ] as const)(
    "names the file, the loader's reason and a fix when a library of %s does not load",
    (origin, fix) => {
      const folder = mkdtempSync(join(tmpdir(), "losslab-capi-"))
      const { framework, main } = libraryFiles(folder)
      for (const file of [framework, main]) writeFileSync(file, "not a library")
      let thrown: unknown
      try {
        loadCApi({ folder, origin })
      } catch (error) {
        thrown = error
      } finally {
        rmSync(folder, { recursive: true })
      }
      expect(thrown).toBeInstanceOf(Failure)
      const { kind, problems } = thrown as Failure
      expect(kind).toBe("environment")
      expect(problems[0]).toMatchObject({
        message: "TensorFlow's library cannot be loaded",
        file: framework,
        found: expect.stringMatching(/file too short|invalid ELF header/),
        fix: expect.stringMatching(fix),
      })
    },
  )

  it("hands stdout and stderr back, and holds no file open, when a library does not load", () => {
    const folder = mkdtempSync(join(tmpdir(), "losslab-capi-"))
    writeFileSync(libraryFiles(folder).framework, "not a library")
    const state = () => [
      ...[1, 2].flatMap((id) => [fstatSync(id).dev, fstatSync(id).ino]),
      readdirSync("/proc/self/fd").length,
    ]
    const before = state()
    expect(() => loadCApi({ folder, origin: "cache" })).toThrow(Failure)
    expect(state()).toEqual(before)
    rmSync(folder, { recursive: true })
  })
})
