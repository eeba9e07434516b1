import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { loadCApi } from "../../../src/engine/tensorflow/capi.ts"
import { libraryFiles } from "../../../src/engine/tensorflow/library.ts"
import { Failure } from "../../../src/failure/failure.ts"

describe.skipIf(process.platform !== "linux")("loadCApi", () => {
  it("names the file and the loader's reason when a library does not load", () => {
    const folder = mkdtempSync(join(tmpdir(), "losslab-capi-"))
    const { framework, main } = libraryFiles(folder)
    for (const file of [framework, main]) writeFileSync(file, "not a library")
    let thrown: unknown
    try {
      loadCApi({ folder, origin: "LOSSLAB_TENSORFLOW" })
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
    })
  })
})
