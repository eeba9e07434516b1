import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { rename } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it, vi } from "vitest"
import { cacheDefect, cacheFolder } from "../../../src/engine/tensorflow/cache.ts"
import { installTensorflow } from "../../../src/engine/tensorflow/install.ts"
import type { Wheel } from "../../../src/engine/tensorflow/wheel.ts"
import { refusal } from "../../data/support/refusal.ts"
import { useFolder } from "../../support/folder.ts"

// As it is, unless a test says otherwise.
vi.mock(import("node:fs/promises"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, rename: vi.fn(original.rename) }
})

useFolder()

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const wheel = JSON.parse(readFileSync(fixture("tinyWheel.json"), "utf8")) as Wheel

const install = () => {
  const environment = { HOME: process.cwd() }
  return installTensorflow({
    environment,
    wheel,
    download: async (into) => {
      copyFileSync(fixture("tinyWheel.whl"), join(into, wheel.fileName))
      return { file: join(into, wheel.fileName) }
    },
  })
}

/** The renames that end in a code, by where they lead. */
const failing = async (where: (to: string) => boolean, code: string) => {
  const { rename: original } = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises")
  vi.mocked(rename).mockImplementation(async (from, to) => {
    if (where(String(to))) throw Object.assign(new Error(code), { code })
    await original(from, to)
  })
}

afterEach(() => {
  vi.mocked(rename).mockReset()
})

describe("installTensorflow, beside another installation", () => {
  it.each(["ENOTEMPTY", "EEXIST"])("leaves the folder to the one that was sooner: %s", async (code) => {
    const folder = cacheFolder({ HOME: process.cwd() }, wheel)
    await failing((to) => to === folder, code)
    expect(await install()).toEqual({ outcome: "installed", folder })
    expect(readdirSync(dirname(folder))).toEqual([])
  })

  it("fails when its folder cannot be put in place for another reason", async () => {
    const folder = cacheFolder({ HOME: process.cwd() }, wheel)
    await failing((to) => to === folder, "EACCES")
    expect((await refusal(install())).kind).toBe("environment")
    await failing((to) => to.endsWith("damaged"), "EACCES")
    expect((await refusal(install())).kind).toBe("environment")
    expect(readdirSync(dirname(folder))).toEqual([])
  })
})

describe("installTensorflow, of nothing in particular", () => {
  it("installs the pinned build", async () => {
    writeFileSync("file", "")
    const environment = { XDG_CACHE_HOME: join(process.cwd(), "file") }
    const { problems } = await refusal(installTensorflow({ environment }))
    expect(problems[0]!.file).toBe(cacheFolder(environment))
    expect(cacheDefect(cacheFolder({ HOME: process.cwd() }))).toBe("not installed")
  })
})
