import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Backend, backends } from "../../src/engine/engine.ts"
import { fallbackWarning, selectEngine } from "../../src/engine/selectEngine.ts"
import { findLibrary } from "../../src/engine/tensorflow/library.ts"
import { mixedPrecisionEnvironment } from "../../src/engine/tensorflow/mixedPrecision.ts"
import type { Machine } from "../../src/engine/tensorflow/platform.ts"
import { refusal } from "../data/support/refusal.ts"

const linux: Machine = { platform: "linux", architecture: "x64", hasAvx: true, hasGlibc: true }

let home: string
let environment: NodeJS.ProcessEnv

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "losslab-select-"))
  // An empty home and an empty PATH: no cache, no Python.
  environment = { HOME: home, PATH: home }
})
afterEach(() => rmSync(home, { recursive: true }))

const fakeLibraries = (folder: string) => {
  mkdirSync(folder, { recursive: true })
  for (const name of ["libtensorflow_framework.so.2", "libtensorflow_cc.so.2"])
    writeFileSync(join(folder, name), "")
}

/** A python3 that answers the probe as given. */
const fakePython = (folder: string, answer: unknown) =>
  writeFileSync(join(folder, "python3"), `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`, { mode: 0o755 })

describe("findLibrary", () => {
  it("gives a reason for everything that it passes over", () => {
    const { library, passedOver } = findLibrary({ ...environment, LOSSLAB_TENSORFLOW: "/nowhere" }, linux)
    expect(library).toBeUndefined()
    expect(passedOver).toEqual([
      {
        name: "LOSSLAB_TENSORFLOW=/nowhere",
        reason: "/nowhere/libtensorflow_framework.so.2 does not exist",
        askedFor: true,
      },
      { name: `cache ${home}/.cache/losslab/tensorflow-2.21.0-linux-x86_64`, reason: "not installed" },
      { name: "python3's tensorflow", reason: "there is no python3 on the PATH" },
    ])
  })

  it("takes the folder that LOSSLAB_TENSORFLOW names before anything else", () => {
    fakeLibraries(join(home, "mine"))
    const found = findLibrary({ ...environment, LOSSLAB_TENSORFLOW: join(home, "mine") }, linux)
    expect(found).toEqual({
      library: { folder: join(home, "mine"), origin: "LOSSLAB_TENSORFLOW" },
      passedOver: [],
    })
  })

  it("does not trust a cache folder without its marker", () => {
    const folder = join(home, ".cache/losslab/tensorflow-2.21.0-linux-x86_64")
    fakeLibraries(folder)
    expect(findLibrary(environment, linux).passedOver[0]!.reason).toBe(
      `${folder}/installed.json is missing: the installation did not finish`,
    )
  })

  it("uses Python's tensorflow in place", () => {
    const folder = join(home, "site-packages/tensorflow")
    fakeLibraries(folder)
    fakePython(home, [join(folder, "__init__.py"), "2.18.1"])
    expect(findLibrary(environment, linux).library).toEqual({ folder, origin: "python", version: "2.18.1" })
  })

  it.each([
    [["/x/__init__.py", "2.9.1"], "version 2.9.1 is not 2.15 or a later 2.x"],
    [["/x/__init__.py", "3.0.0"], "version 3.0.0 is not 2.15 or a later 2.x"],
    [[null, null], "it is not installed"],
    [["/x/__init__.py", "2.21.0"], "/x/libtensorflow_framework.so.2 does not exist"],
  ])("passes over Python's tensorflow %j", (answer, reason) => {
    fakePython(home, answer)
    expect(findLibrary(environment, linux).passedOver[1]).toEqual({ name: "python3's tensorflow", reason })
  })

  it.each([
    ["exit 0", "python3 printed something else than the answer"],
    ["echo hello", "python3 printed something else than the answer"],
    ["echo 7", "python3 printed something else than the answer"],
    ["exit 1", "python3 could not be asked"],
  ])("passes over a python3 that does `%s`", (script, reason) => {
    writeFileSync(join(home, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    expect(findLibrary(environment, linux).passedOver[1]).toEqual({ name: "python3's tensorflow", reason })
  })

  it.each([
    ["2.15.0", true],
    ["2.14.9", false],
    ["1.15.0", false],
    ["3.15.0", false],
  ])("takes Python's tensorflow from 2.15 on, and none of another major version: %s", (version, taken) => {
    const folder = join(home, "site-packages/tensorflow")
    fakeLibraries(folder)
    fakePython(home, [join(folder, "__init__.py"), version])
    const { library, passedOver } = findLibrary(environment, linux)
    expect(library).toEqual(taken ? { folder, origin: "python", version } : undefined)
    expect(passedOver).toHaveLength(taken ? 1 : 2)
  })

  it.each([
    ["without a version", ["/x/__init__.py", null]],
    ["without a place", [null, "2.21.0"]],
    ["without anything", []],
  ])("takes a Python's tensorflow %s for none", (_, answer) => {
    fakePython(home, answer)
    expect(findLibrary(environment, linux).passedOver[1]!.reason).toBe("it is not installed")
  })

  it("names the one of the two files that a folder lacks", () => {
    fakeLibraries(join(home, "mine"))
    rmSync(join(home, "mine/libtensorflow_cc.so.2"))
    expect(
      findLibrary({ ...environment, LOSSLAB_TENSORFLOW: join(home, "mine") }, linux).passedOver[0],
    ).toEqual({
      name: `LOSSLAB_TENSORFLOW=${home}/mine`,
      reason: `${home}/mine/libtensorflow_cc.so.2 does not exist`,
      askedFor: true,
    })
  })

  it("takes an empty LOSSLAB_TENSORFLOW for none", () => {
    const { passedOver } = findLibrary({ ...environment, LOSSLAB_TENSORFLOW: "" }, linux)
    expect(passedOver.map(({ name }) => name.split(" ")[0])).toEqual(["cache", "python3's"])
  })

  it("skips what a start-up hook of Python prints before the answer", () => {
    writeFileSync(join(home, "python3"), "#!/bin/sh\necho hello\necho '[null, null]'\n", { mode: 0o755 })
    expect(findLibrary(environment, linux).passedOver[1]!.reason).toBe("it is not installed")
  })

  it.each([
    [{ platform: "darwin" }, "TensorFlow's library is supported on Linux, not on darwin"],
    [{ hasAvx: false }, "TensorFlow's library needs a processor with AVX"],
    [{ hasGlibc: false }, "TensorFlow's library needs glibc, and this system uses another C library"],
  ])("looks for nothing on a machine %j", (change, reason) => {
    expect(findLibrary(environment, { ...linux, ...change })).toEqual({
      passedOver: [{ name: "tensorflow", reason }],
    })
  })
})

describe("selectEngine", () => {
  it("falls back to JavaScript, and says so in one line", () => {
    const selection = selectEngine("auto", environment)
    expect(selection).toMatchObject({ name: "javascript", threads: 1, environment: {} })
    const tried = selection.passedOver.map(({ name, reason }) => `${name}: ${reason}`).join("; ")
    expect(fallbackWarning(selection)).toBe(
      `warning: using the slow engine "javascript", since TensorFlow's library was not found (${tried}); run \`npm run setup\``,
    )
  })

  it("names the only thing that was tried", () => {
    const only = { name: "tensorflow", reason: "TensorFlow's library needs a processor with AVX" }
    expect(fallbackWarning({ ...selectEngine("javascript", environment), passedOver: [only] })).toContain(
      "not found (tensorflow: TensorFlow's library needs a processor with AVX); run",
    )
  })

  it("warns nobody who asked for JavaScript", () => {
    expect(fallbackWarning(selectEngine("javascript", environment))).toBeNull()
  })

  it.runIf(process.platform === "linux")(
    "says in one line when another library than the one asked for does the work",
    () => {
      const folder = join(home, "site-packages/tensorflow")
      fakeLibraries(folder)
      fakePython(home, [join(folder, "__init__.py"), "2.18.1"])
      expect(fallbackWarning(selectEngine("auto", environment))).toBeNull()
      const selection = selectEngine("auto", { ...environment, LOSSLAB_TENSORFLOW: "/nowhere" })
      expect(selection.library!.origin).toBe("python")
      expect(fallbackWarning(selection)).toBe(
        "warning: LOSSLAB_TENSORFLOW=/nowhere is passed over (/nowhere/libtensorflow_framework.so.2 does not exist); correct it, or unset it",
      )
    },
  )

  it("refuses tensorflow where there is none, with what was tried and the fix", async () => {
    const { kind, problems } = await refusal(() => selectEngine("tensorflow", environment))
    expect(kind).toBe("environment")
    expect(problems).toEqual([
      {
        message: "the engine tensorflow is not available",
        found: selectEngine("auto", environment)
          .passedOver.map(({ name, reason }) => `${name}: ${reason}`)
          .join("; "),
        fix: "run `npm run setup`, or use --backend javascript (slow)",
      },
    ])
  })

  it("knows every back end that can be named", () => {
    const chosen = (backend: Backend) => {
      try {
        return selectEngine(backend, environment).name
      } catch {
        return "refused"
      }
    }
    expect(backends.map((backend) => [backend, chosen(backend)])).toEqual([
      ["auto", "javascript"],
      ["tensorflow", "refused"],
      ["javascript", "javascript"],
    ])
  })

  it("takes JavaScript without a look at anything else when it is asked for", () => {
    expect(selectEngine("javascript", { ...environment, LOSSLAB_TENSORFLOW: "/nowhere" })).toEqual({
      ...{ name: "javascript", passedOver: [], environment: {}, threads: 1, identity: "javascript 4.22.0" },
    })
  })

  it.runIf(process.platform === "linux")("sets TensorFlow up for the processor alone, on all cores", () => {
    const folder = join(home, "mine")
    fakeLibraries(folder)
    for (const backend of ["auto", "tensorflow"] as const)
      expect(selectEngine(backend, { ...environment, LOSSLAB_TENSORFLOW: folder })).toEqual({
        name: "tensorflow",
        library: { folder, origin: "LOSSLAB_TENSORFLOW" },
        passedOver: [],
        environment: {
          TF_CPP_MIN_LOG_LEVEL: "2",
          CUDA_VISIBLE_DEVICES: "-1",
          MALLOC_ARENA_MAX: "1",
          ...mixedPrecisionEnvironment,
        },
        threads: availableParallelism(),
        identity: `tensorflow of 0 bytes, ${availableParallelism()} threads`,
      })
  })

  it.runIf(process.platform === "linux")(
    "tells libraries without a version apart by the size of the main one",
    () => {
      const folder = join(home, "mine")
      fakeLibraries(folder)
      writeFileSync(join(folder, "libtensorflow_framework.so.2"), "12")
      writeFileSync(join(folder, "libtensorflow_cc.so.2"), "12345")
      const { identity } = selectEngine("auto", { ...environment, LOSSLAB_TENSORFLOW: folder })
      expect(identity).toMatch(/^tensorflow of 5 bytes, /)
    },
  )

  it.runIf(process.platform === "linux")("identifies Python's by its version", () => {
    const folder = join(home, "site-packages/tensorflow")
    fakeLibraries(folder)
    fakePython(home, [join(folder, "__init__.py"), "2.18.1"])
    expect(selectEngine("auto", environment)).toMatchObject({
      library: { folder, origin: "python", version: "2.18.1" },
      identity: `tensorflow 2.18.1, ${availableParallelism()} threads`,
      passedOver: [{ name: expect.stringMatching(/^cache /) }],
    })
  })

  it("identifies the engine by version and threads", () => {
    fakeLibraries(join(home, "mine"))
    const mine = selectEngine("auto", { ...environment, LOSSLAB_TENSORFLOW: join(home, "mine") })
    expect(mine.name).toBe(process.platform === "linux" ? "tensorflow" : "javascript")
    expect(mine.identity).toMatch(/^tensorflow of 0 bytes, \d+ threads$|^javascript/)
  })
})
