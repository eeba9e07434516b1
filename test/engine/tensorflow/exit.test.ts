import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { whyNoTensorflow } from "../../support/tensorflow.ts"

const pathOf = (child: string): string => fileURLToPath(new URL(`../../support/${child}`, import.meta.url))
const child = pathOf("exitChild.ts")

describe.skipIf(whyNoTensorflow !== null)(`a process that used the library ${whyNoTensorflow ?? ""}`, () => {
  it("ends with code 0, three times of three", async () => {
    // execFile rejects on any other code and on a signal.
    const run = () => promisify(execFile)(process.execPath, ["--import", "tsx", child])
    const results = await Promise.all([run(), run(), run()])
    expect(results.map(({ stdout }) => stdout)).toEqual(["3\n", "3\n", "3\n"])
  }, 240_000)

  it("ends with its own code while a function still runs in another thread", async () => {
    const ended = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, ["--import", "tsx", pathOf("exitAsideChild.ts"), ...args]).then(
        () => null,
        ({ code, signal, stdout }) => ({ code, signal, stdout }),
      )
    const exits = await Promise.all([ended(), ended()])
    const exit = { code: 7, signal: null, stdout: "running\n" }
    expect(exits).toEqual([exit, exit])
    expect(await ended("error")).toEqual({ ...exit, code: 1 })
  }, 240_000)
})
