import { truncateSync } from "node:fs"
import { basename, join } from "node:path"
import { describe, expect, it } from "vitest"
import { cacheFolder, markerName, markerText } from "../../../src/engine/tensorflow/cache.ts"
import { findLibrary, libraryFiles, unmetRequest } from "../../../src/engine/tensorflow/library.ts"
import type { Machine } from "../../../src/engine/tensorflow/platform.ts"
import { tensorflowWheel } from "../../../src/engine/tensorflow/wheel.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()
const linux: Machine = { platform: "linux", architecture: "x64", hasAvx: true, hasGlibc: true }

/** An installation in the cache: files of the right lengths, which take no room. */
const installed = () => {
  const environment = { HOME: process.cwd(), PATH: process.cwd() }
  const folder = cacheFolder(environment)
  for (const { path, bytes } of tensorflowWheel.members)
    truncateSync(write(join(folder, basename(path)), ""), bytes)
  write(join(folder, markerName), markerText(tensorflowWheel))
  return { environment, folder }
}

describe("findLibrary", () => {
  it("takes what is installed in the cache, of which it knows the version", () => {
    const { environment, folder } = installed()
    expect(findLibrary(environment, linux)).toEqual({
      library: { folder, origin: "cache", version: "2.21.0" },
      passedOver: [],
    })
  })

  it("takes it where LOSSLAB_TENSORFLOW names a folder without libraries, and says so", () => {
    const { environment, folder } = installed()
    const { library, passedOver } = findLibrary({ ...environment, LOSSLAB_TENSORFLOW: "/nowhere" }, linux)
    expect(library?.folder).toBe(folder)
    expect(unmetRequest(passedOver)).toBe(
      `warning: LOSSLAB_TENSORFLOW=/nowhere is passed over (${libraryFiles("/nowhere").framework} does not exist); correct it, or unset it`,
    )
    expect(unmetRequest([{ name: "cache", reason: "not installed" }])).toBeNull()
  })

  it("takes an empty LOSSLAB_TENSORFLOW for none", () => {
    const { environment } = installed()
    expect(findLibrary({ ...environment, LOSSLAB_TENSORFLOW: "" }, linux).passedOver).toEqual([])
  })
})
