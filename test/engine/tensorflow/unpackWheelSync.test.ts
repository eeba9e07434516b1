import { readFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it, vi } from "vitest"
import { unpackWheel } from "../../../src/engine/tensorflow/unpackWheel.ts"
import type { Wheel } from "../../../src/engine/tensorflow/wheel.ts"
import { useFolder } from "../../support/folder.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, open: vi.fn(actual.open) }
})

useFolder()
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const wheel = JSON.parse(readFileSync(fixture("tinyWheel.json"), "utf8")) as Wheel

it("unpackWheel has every byte of a member on the disk before it closes it, and closes all", async () => {
  const actual = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises")
  const done = new Map<string, string[]>()
  vi.mocked(open).mockImplementation(async (path, flags) => {
    const handle = await actual.open(path, flags)
    const names: string[] = []
    done.set(basename(String(path)), names)
    for (const name of ["writeFile", "sync", "close"] as const) {
      const operation = handle[name].bind(handle) as (...given: readonly unknown[]) => Promise<void>
      Object.assign(handle, {
        [name]: async (...given: readonly unknown[]) => {
          await operation(...given)
          if (names.at(-1) !== name) names.push(name)
        },
      })
    }
    return handle
  })
  await unpackWheel(wheel, fixture("tinyWheel.whl"), ".", () => {})
  const orderly = ["writeFile", "sync", "close"]
  expect(Object.fromEntries(done)).toEqual({
    "libtensorflow_framework.so.2": orderly,
    "libtensorflow_cc.so.2": orderly,
  })
})
