import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { downloadWheel } from "../../../src/engine/tensorflow/downloadWheel.ts"
import type { Wheel } from "../../../src/engine/tensorflow/wheel.ts"
import { refusal } from "../../data/support/refusal.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()

const wheel: Wheel = {
  ...{ project: "tiny", version: "1.5", fileName: "tiny-1.5.whl", bytes: 10, sha256: "ab".repeat(32) },
  tags: { python: "3.11", abi: "cp311", platform: "manylinux_2_27_x86_64" },
  members: [],
}

/** Runs a shell script in the place of python3. */
const download = async (script: string, onBytes: (bytes: number) => void = () => {}) => {
  mkdirSync("bin")
  mkdirSync("into")
  writeFileSync("bin/python3", `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return downloadWheel(wheel, "into", onBytes, { PATH: join(process.cwd(), "bin"), MINE: "kept" })
}

/** A pip that says this on stderr and ends with a code. */
const failing = (stderr: string, code = 1) => {
  write("says", `${stderr}\n`)
  return download(`while IFS= read -r line; do echo "$line" >&2; done < says\nexit ${code}`)
}

afterEach(() => {
  vi.useRealTimers()
})

describe("downloadWheel", () => {
  it("asks pip for the pinned file alone, by its hash, into the folder", async () => {
    expect(await download('printf "%s\\n" "$@" > asked\necho "$TMPDIR $MINE" > environment')).toEqual({
      file: "into/tiny-1.5.whl",
    })
    expect(readFileSync("asked", "utf8").trimEnd().split("\n")).toEqual([
      ...["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes"],
      ...["-r", "into/requirements.txt"],
      ...["--implementation", "cp", "--python-version", "3.11", "--abi", "cp311"],
      ...["--platform", "manylinux_2_27_x86_64"],
      ...["--no-cache-dir", "--progress-bar", "off", "--disable-pip-version-check", "--retries", "2"],
      ...["--dest", "into"],
    ])
    expect(readFileSync("into/requirements.txt", "utf8")).toBe(`tiny==1.5 --hash=sha256:${wheel.sha256}\n`)
    // pip's temporary files go to the same disk; everything else is as the user has it.
    expect(readFileSync("environment", "utf8")).toBe("into kept\n")
  })

  it("tells how many bytes have arrived, subfolders and all, and stops when pip has ended", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
    const counts: number[] = []
    const ending = download("while [ -e into ] && [ ! -e go ]; do /bin/sleep 0.02; done", (bytes) =>
      counts.push(bytes),
    )
    const begun = readFileSync("into/requirements.txt").length
    vi.advanceTimersByTime(500)
    write("into/pip-tmp/part", "12345")
    write("into/other", "123")
    vi.advanceTimersByTime(499)
    expect(counts).toEqual([begun])
    vi.advanceTimersByTime(1)
    expect(counts).toEqual([begun, begun + 8])
    write("go", "")
    await ending
    expect(vi.getTimerCount()).toBe(0)
  })

  it("is unavailable without a python3, and leaves no timer", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
    mkdirSync("into")
    expect(await downloadWheel(wheel, "into", () => {}, { PATH: process.cwd() })).toEqual({
      unavailable: "there is no python3 on the PATH",
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    ["the last error", "ERROR: one\nERROR: two\nERROR: three\nhint: try\n", "three"],
    ["the last line where none is an error", "WARNING: slow\nretrying\nno network\n\n", "no network"],
    ["the last line that is not blank", "no network  \n   \n\t\n", "no network"],
    ["that there is none", "", "no message"],
  ])("is unavailable when pip fails, and says %s", async (_, stderr, reason) => {
    expect(await failing(stderr)).toEqual({ unavailable: `pip could not download tiny 1.5: ${reason}` })
  })

  it("is unavailable when pip is killed", async () => {
    expect(await download("kill -9 $$")).toEqual({
      unavailable: "pip could not download tiny 1.5: no message",
    })
  })

  it("takes a pip that ends well for a download, whatever it said", async () => {
    expect(await failing("ERROR: No module named pip", 0)).toEqual({ file: "into/tiny-1.5.whl" })
    expect(existsSync("into/requirements.txt")).toBe(true)
  })

  it("refuses another file than the pinned one, with both hashes", async () => {
    const got = "cd".repeat(32)
    const says = (more: string) => `ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n${more}`
    const { kind, problems } = await refusal(
      failing(says(`    Expected sha256 x\n         Got        ${got}\n`)),
    )
    expect(kind).toBe("environment")
    expect(problems).toEqual([
      {
        message: "the download of tiny-1.5.whl is not the file that losslab pins",
        expected: `sha256 ${wheel.sha256}`,
        found: got,
        fix: "check the package index that pip uses (pip config list); nothing was installed",
      },
    ])
  })

  it("refuses one whose hash pip does not tell", async () => {
    const { problems } = await refusal(failing("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"))
    expect(problems).toMatchObject([{ found: "another hash" }])
  })

  it.each(["[Errno 28] No space left on device", "[Errno 122] Disk quota exceeded"])(
    "is the environment's failure when the disk is full: %s",
    async (text) => {
      const { kind, problems } = await refusal(failing(`ERROR: Could not install: ${text}`))
      expect(kind).toBe("environment")
      expect(problems).toEqual([
        {
          message: "the disk is full",
          file: "into",
          fix: "free some space, or set XDG_CACHE_HOME to a folder on a larger disk",
        },
      ])
    },
  )
})
