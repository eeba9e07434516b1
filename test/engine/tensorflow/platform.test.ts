import { existsSync, readFileSync } from "node:fs"
import { afterEach, describe, expect, it, vi } from "vitest"
import {
  type Machine,
  thisMachine,
  whyNoTensorflow,
  whyNoWheel,
} from "../../../src/engine/tensorflow/platform.ts"

// As it is, unless a test says otherwise.
vi.mock(import("node:fs"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, existsSync: vi.fn(original.existsSync) }
})

const linux: Machine = { platform: "linux", architecture: "x64", hasAvx: true, hasGlibc: true }

describe("whyNoTensorflow", () => {
  it("is null on Linux with glibc, also where it is not known whether there is AVX", () => {
    expect(whyNoTensorflow(linux)).toBeNull()
    expect(whyNoTensorflow({ ...linux, architecture: "arm64", hasAvx: null })).toBeNull()
  })

  it.each([
    [{ platform: "win32", hasGlibc: false }, "TensorFlow's library is supported on Linux, not on win32"],
    [
      { hasGlibc: false, hasAvx: false },
      "TensorFlow's library needs glibc, and this system uses another C library",
    ],
    [{ hasAvx: false }, "TensorFlow's library needs a processor with AVX"],
  ])("names the first reason on a machine %j", (change, reason) => {
    expect(whyNoTensorflow({ ...linux, ...change })).toBe(reason)
    expect(whyNoWheel({ ...linux, ...change })).toBe(reason)
  })
})

describe("whyNoWheel", () => {
  it("is null on x86-64 alone", () => {
    expect(whyNoWheel(linux)).toBeNull()
    expect(whyNoWheel({ ...linux, architecture: "arm64", hasAvx: null })).toBe(
      "the pinned build is for x86-64, and this machine is arm64",
    )
  })
})

describe("thisMachine", () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it.each([
    ["linux", "arm64", true],
    ["darwin", "x64", false],
  ] as const)("does not look for AVX on %s, %s", (platform, architecture, hasGlibc) => {
    vi.spyOn(process, "platform", "get").mockReturnValue(platform)
    vi.spyOn(process, "arch", "get").mockReturnValue(architecture)
    vi.mocked(existsSync).mockImplementationOnce(() => false)
    expect(thisMachine()).toEqual({ platform, architecture, hasAvx: null, hasGlibc })
  })

  it("is what Node says, and knows of AVX where it can", () => {
    const { platform, architecture, hasAvx, hasGlibc } = thisMachine()
    expect([platform, architecture]).toEqual([process.platform, process.arch])
    expect(hasAvx === null).toBe(!(platform === "linux" && architecture === "x64"))
    if (platform !== "linux") expect(hasGlibc).toBe(false)
  })

  it.skipIf(process.platform !== "linux")("tells Linux with glibc, and processors with AVX", () => {
    const { hasAvx, hasGlibc } = thisMachine()
    const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
    expect(hasGlibc).toBe(header.glibcVersionRuntime !== undefined)
    if (process.arch === "x64") {
      const [flags = ""] = /^flags.*$/m.exec(readFileSync("/proc/cpuinfo", "utf8")) ?? []
      expect(hasAvx).toBe(flags.split(" ").includes("avx"))
    }
  })

  it.skipIf(process.platform !== "linux")("takes Alpine for a system without glibc", () => {
    vi.mocked(existsSync).mockImplementationOnce((path) => path === "/etc/alpine-release")
    expect(thisMachine().hasGlibc).toBe(false)
  })
})
