import { statSync } from "node:fs"
import { basename, join } from "node:path"
import { describe, expect, it } from "vitest"
import { cacheDefect, cacheFolder } from "../../../src/engine/tensorflow/cache.ts"
import { tensorflowWheel } from "../../../src/engine/tensorflow/wheel.ts"

const { project, version, fileName, tags, members, sha256 } = tensorflowWheel
const installed = cacheFolder(process.env)
const isInstalled = !/^not installed|is missing/.test(cacheDefect(installed) ?? "")

describe("tensorflowWheel", () => {
  it("is named by its project, version and tags, as wheels are", () => {
    const { python, abi, platform } = tags
    const interpreter = `cp${python.replace(".", "")}`
    expect(fileName).toBe(`${project.replace("-", "_")}-${version}-${interpreter}-${abi}-${platform}.whl`)
    expect(abi).toBe(interpreter)
  })

  it("has SHA-256 of the whole and of both libraries, which differ", () => {
    const digests = [sha256, ...members.map((member) => member.sha256)]
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(digests).size).toBe(3)
    expect(members.map(({ path }) => path)).toEqual([
      "tensorflow/libtensorflow_framework.so.2",
      "tensorflow/libtensorflow_cc.so.2",
    ])
  })

  it.skipIf(!isInstalled)("has libraries of the lengths that its installation has", () => {
    for (const { path, bytes } of members) expect(statSync(join(installed, basename(path))).size).toBe(bytes)
  })
})
