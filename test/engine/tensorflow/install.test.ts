import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { hostname, tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { cacheDefect, cacheFolder } from "../../../src/engine/tensorflow/cache.ts"
import {
  type InstallOptions,
  type InstallProgress,
  installTensorflow,
} from "../../../src/engine/tensorflow/install.ts"
import { installProgress } from "../../../src/engine/tensorflow/installProgress.ts"
import type { Wheel } from "../../../src/engine/tensorflow/wheel.ts"
import { Failure } from "../../../src/failure/failure.ts"

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const wheel = JSON.parse(readFileSync(fixture("tinyWheel.json"), "utf8")) as Wheel

let home: string
let environment: NodeJS.ProcessEnv
let folder: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "losslab-install-"))
  environment = { HOME: home, PATH: home }
  folder = cacheFolder(environment, wheel)
})
afterEach(() => rmSync(home, { recursive: true }))

const copyFixture = async (into: string) => {
  copyFileSync(fixture("tinyWheel.whl"), join(into, wheel.fileName))
  return { file: join(into, wheel.fileName) }
}

const install = (options: Partial<InstallOptions> = {}) =>
  installTensorflow({ environment, wheel, download: copyFixture, ...options })

const failureOf = async (attempt: Promise<unknown>): Promise<Failure> => {
  const error: unknown = await attempt.catch((reason: unknown) => reason)
  if (error instanceof Failure) return error
  throw new Error("no Failure was thrown")
}

/** A python3 whose pip writes to stderr and ends with a code. */
const fakePip = (stderr: string, code: number) => {
  writeFileSync(join(home, "python3"), `#!/bin/sh\nprintf '%s\\n' '${stderr}' >&2\nexit ${code}\n`)
  chmodSync(join(home, "python3"), 0o755)
}

/** Nothing but the finished folder, or nothing at all. */
const leftBehind = () => readdirSync(dirname(folder)).filter((name) => name !== "tensorflow-1.0-linux-x86_64")

describe("installTensorflow", () => {
  it("takes the two libraries out of the wheel, and nothing else", async () => {
    const progress: InstallProgress[] = []
    expect(await install({ onProgress: (step) => progress.push(step) })).toEqual({
      outcome: "installed",
      folder,
    })
    expect(readdirSync(folder).sort()).toEqual([
      "installed.json",
      "libtensorflow_cc.so.2",
      "libtensorflow_framework.so.2",
    ])
    expect(readFileSync(join(folder, "libtensorflow_cc.so.2"), "utf8")).toBe("cc ".repeat(1000))
    expect(progress.at(-1)).toEqual({ phase: "unpacking", bytes: 3400, total: 3400 })
    expect(leftBehind()).toEqual([])
  })

  it("does nothing the second time", async () => {
    await install()
    const before = statSync(folder).mtimeMs
    const download = () => Promise.reject(new Error("downloaded again"))
    expect(await install({ download })).toEqual({ outcome: "already there", folder })
    expect(statSync(folder).mtimeMs).toBe(before)
  })

  it("replaces a damaged installation", async () => {
    await install()
    writeFileSync(join(folder, "libtensorflow_cc.so.2"), "short")
    expect(cacheDefect(folder, wheel)).toMatch(/has 5 bytes instead of 3000$/)
    expect((await install()).outcome).toBe("installed")
    expect(cacheDefect(folder, wheel)).toBeNull()
    expect(leftBehind()).toEqual([])
  })

  it("runs four times at once without a clash", async () => {
    const outcomes = await Promise.all([install(), install(), install(), install()])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(new Array(4).fill("installed"))
    expect(cacheDefect(folder, wheel)).toBeNull()
    expect(leftBehind()).toEqual([])
  })

  it("sweeps what a killed installation left, and leaves a running one alone", async () => {
    const parent = dirname(folder)
    await install()
    const prefix = `.installing-${hostname()}-`
    // No process has this id: Linux stops at 2^22.
    mkdirSync(join(parent, `${prefix}99999999-dead`))
    mkdirSync(join(parent, `${prefix}${process.ppid}-alive`))
    rmSync(folder, { recursive: true })
    await install()
    expect(leftBehind()).toEqual([`${prefix}${process.ppid}-alive`])
  })

  it("refuses a wheel with one flipped bit", async () => {
    const download = async (into: string) => {
      const bytes = readFileSync(fixture("tinyWheel.whl"))
      bytes[200]! ^= 1
      writeFileSync(join(into, wheel.fileName), bytes)
      return { file: join(into, wheel.fileName) }
    }
    const thrown = await failureOf(install({ download }))
    expect(thrown.kind).toBe("environment")
    expect(thrown.message).toBe("tinyWheel.whl is not the file that losslab pins")
    expect(thrown.problems[0]!.expected).toBe(wheel.sha256)
    expect(readdirSync(dirname(folder))).toEqual([])
  })

  it("refuses a member that is not the pinned one", async () => {
    const [first, second] = wheel.members
    const pinned = { ...wheel, members: [first!, { ...second!, sha256: "0".repeat(64) }] }
    const thrown = await failureOf(install({ wheel: pinned }))
    expect(thrown.message).toBe("tensorflow/libtensorflow_cc.so.2 is not the file that losslab pins")
    expect(readdirSync(dirname(folder))).toEqual([])
  })

  it("says that a wheel which is no archive cannot be read", async () => {
    const download = async (into: string) => {
      writeFileSync(join(into, wheel.fileName), "")
      return { file: join(into, wheel.fileName) }
    }
    const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    const thrown = await failureOf(install({ download, wheel: { ...wheel, sha256 } }))
    expect(thrown.kind).toBe("environment")
    expect(thrown.problems[0]!.fix).toContain("cannot be read")
  })

  it("is the environment's failure where the cache cannot be written", async () => {
    writeFileSync(join(home, "file"), "")
    const thrown = await failureOf(install({ environment: { XDG_CACHE_HOME: join(home, "file") } }))
    expect(thrown.kind).toBe("environment")
    expect(thrown.problems[0]!.fix).toContain("XDG_CACHE_HOME")
  })

  it.skipIf(process.platform !== "linux")(
    "ends where no folder can be made",
    { timeout: 60_000 },
    async () => {
      const thrown = await failureOf(install({ environment: { XDG_CACHE_HOME: "/proc/losslab" } }))
      expect(thrown.kind).toBe("environment")
      expect(thrown.problems[0]!.found).toBe("there is no such file or folder")
    },
  )

  it("tells what has been downloaded, never more than there is", async () => {
    const progress: InstallProgress[] = []
    const download = (into: string, onBytes: (bytes: number) => void) => {
      for (const bytes of [3, 514, 700]) onBytes(bytes)
      return copyFixture(into)
    }
    await install({ download, onProgress: (step) => progress.push(step) })
    expect(progress.slice(0, 3)).toEqual(
      [3, 514, 514].map((bytes) => ({ phase: "downloading", bytes, total: 514 })),
    )
    expect(progress.slice(3).every(({ phase, total }) => phase === "unpacking" && total === 3400)).toBe(true)
  })

  it("leaves what is not its own alone, beside the folder", async () => {
    const parent = dirname(folder)
    for (const name of ["tensorflow-0.9-linux-x86_64", ".installing-another-99999999-host", "notes"])
      mkdirSync(join(parent, name), { recursive: true })
    await install()
    expect(leftBehind().sort()).toEqual([
      ".installing-another-99999999-host",
      "notes",
      "tensorflow-0.9-linux-x86_64",
    ])
  })

  it("says what went wrong and what to do where it cannot write or read", async () => {
    writeFileSync(join(home, "file"), "")
    const cache = { XDG_CACHE_HOME: join(home, "file") }
    expect((await failureOf(install({ environment: cache }))).problems).toEqual([
      {
        message: "TensorFlow's library cannot be installed",
        file: cacheFolder(cache, wheel),
        found: expect.any(String),
        fix: "free some space, or mend its permissions, or set XDG_CACHE_HOME to another folder",
      },
    ])
    const download = () => Promise.reject(new Error("half an archive"))
    expect((await failureOf(install({ download }))).problems).toEqual([
      {
        message: "TensorFlow's library cannot be installed",
        file: folder,
        found: "half an archive",
        fix: "try again: the downloaded file cannot be read",
      },
    ])
    expect(readdirSync(dirname(folder))).toEqual([])
  })

  it("asks for room for the wheel and for what comes out of it", async () => {
    // 5 PB for the wheel and 2 PB for each of its two members.
    const members = wheel.members.map((member) => ({ ...member, bytes: 2e15 }))
    const { problems } = await failureOf(install({ wheel: { ...wheel, bytes: 5e15, members } }))
    expect(problems).toEqual([
      {
        message: "there is not enough space for TensorFlow's library",
        file: dirname(folder),
        expected: "9000000000 MB free",
        found: expect.stringMatching(/^\d+ MB free$/),
        fix: "free some space, or set XDG_CACHE_HOME to a folder on a larger disk",
      },
    ])
  })

  it("refuses to begin without the space", async () => {
    const thrown = await failureOf(install({ wheel: { ...wheel, bytes: 1e18 } }))
    expect(thrown.message).toBe("there is not enough space for TensorFlow's library")
    expect(thrown.problems[0]!.expected).toBe("1000000000001 MB free")
  })
})

describe("downloadWheel, through installTensorflow", () => {
  const throughPip = () => installTensorflow({ environment, wheel })

  it.each([
    ["there is no python3 on the PATH", null],
    ["python3 has no pip", ["/usr/bin/python3: No module named pip", 1]],
    [
      "pip could not download tiny 1.0: No matching distribution found for tiny==1.0",
      ["WARNING: Retrying\nERROR: No matching distribution found for tiny==1.0\n", 1],
    ],
  ] as const)("is unavailable when %s", async (reason, pip) => {
    if (pip !== null) fakePip(pip[0], pip[1])
    expect(await throughPip()).toEqual({ outcome: "unavailable", reason })
    expect(leftBehind()).toEqual([])
  })

  it("refuses loudly when pip sees another hash", async () => {
    const got = "a".repeat(64)
    fakePip(`ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE\n  Got        ${got}`, 1)
    const thrown = await failureOf(throughPip())
    expect(thrown.kind).toBe("environment")
    expect(thrown.problems[0]!.found).toBe(got)
  })

  it("is the environment's failure when pip fills the disk", async () => {
    fakePip("ERROR: Could not install packages: [Errno 28] No space left on device", 1)
    expect((await failureOf(throughPip())).message).toBe("the disk is full")
  })
})

describe("installProgress", () => {
  const shown = (isTTY: boolean) => {
    let text = ""
    const { show, end } = installProgress({ isTTY, write: (more) => (text += more) })
    for (let bytes = 0; bytes <= 1e6; bytes += 1e4) show({ phase: "downloading", bytes, total: 1e6 })
    end()
    return text
  }

  it("writes a line per quarter into a log", () => {
    expect(shown(false)).toBe(
      [0, 25, 50, 75, 100].map((n) => `downloading TensorFlow: ${n} % of 1 MB\n`).join(""),
    )
  })

  it("keeps one live line on a terminal, and clears it", () => {
    expect(shown(true)).not.toContain("\n")
    expect(shown(true).endsWith("\r\u001b[K")).toBe(true)
  })
})
