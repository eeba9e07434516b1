import { existsSync, readFileSync } from "node:fs"

/** What decides whether TensorFlow's libraries can run here. */
export interface Machine {
  readonly platform: string
  readonly architecture: string
  /** From /proc/cpuinfo; null when unknown. */
  readonly hasAvx: boolean | null
  /** musl (Alpine) cannot load what was linked against glibc. */
  readonly hasGlibc: boolean
}

export const thisMachine = (): Machine => ({
  platform: process.platform,
  architecture: process.arch,
  hasAvx:
    process.platform === "linux" && process.arch === "x64"
      ? / avx /.test(readFileSync("/proc/cpuinfo", "utf8").slice(0, 16_384))
      : null,
  hasGlibc: process.platform === "linux" && !existsSync("/etc/alpine-release"),
})

/** Why no build of TensorFlow's C library can be loaded here; null when one could be. */
export const whyNoTensorflow = (machine: Machine): string | null => {
  if (machine.platform !== "linux")
    return `TensorFlow's library is supported on Linux, not on ${machine.platform}`
  if (!machine.hasGlibc) return "TensorFlow's library needs glibc, and this system uses another C library"
  // Without AVX the library stops the process with an illegal instruction.
  if (machine.hasAvx === false) return "TensorFlow's library needs a processor with AVX"
  return null
}

/** Why the pinned wheel does not fit this machine; null when it does. */
export const whyNoWheel = (machine: Machine): string | null =>
  whyNoTensorflow(machine) ??
  (machine.architecture === "x64"
    ? null
    : `the pinned build is for x86-64, and this machine is ${machine.architecture}`)
