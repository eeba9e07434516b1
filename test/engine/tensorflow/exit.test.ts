import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { whyNoTensorflow } from "../../support/tensorflow.ts"

const child = fileURLToPath(new URL("../../support/exitChild.ts", import.meta.url))

describe.skipIf(whyNoTensorflow !== null)(`a process that used the library ${whyNoTensorflow ?? ""}`, () => {
  it("ends with code 0, three times of three", async () => {
    // execFile rejects on any other code and on a signal.
    const run = () => promisify(execFile)(process.execPath, ["--import", "tsx", child])
    const results = await Promise.all([run(), run(), run()])
    expect(results.map(({ stdout }) => stdout)).toEqual(["3\n", "3\n", "3\n"])
  })
})
