import { spawn } from "node:child_process"
import { readdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { failure } from "../../failure/failure.ts"
import type { Wheel } from "./wheel.ts"

/** What a download came to: the wheel's path, or why there is none (no Python, no pip, no network). */
export type Download = { readonly file: string } | { readonly unavailable: string }

/** Gets the wheel through pip, the registry's ordinary client, with the user's own pip settings (mirrors,
 *  proxies). The hash is part of the request.
 *  @param folder an empty folder for the wheel and for everything that pip puts aside while it works
 *  @param onBytes called now and then with the bytes that have arrived
 *  Throws Failure("environment") on a wrong hash or a full disk: those are not worked around. */
export const downloadWheel = async (
  wheel: Wheel,
  folder: string,
  onBytes: (bytes: number) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Download> => {
  const requirements = join(folder, "requirements.txt")
  writeFileSync(requirements, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
  const { python, abi, platform } = wheel.tags
  const watch = setInterval(() => onBytes(bytesUnder(folder)), 500)
  const { code, stderr } = await run(
    "python3",
    [
      ...[
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
        "-r",
        requirements,
      ],
      ...["--implementation", "cp", "--python-version", python, "--abi", abi, "--platform", platform],
      // The wheel is unpacked at once and never needed again: a second copy in pip's cache would be waste.
      ...["--no-cache-dir", "--progress-bar", "off", "--disable-pip-version-check", "--retries", "2"],
      ...["--dest", folder],
    ],
    // pip writes the growing file here, on the disk that was checked for space.
    { ...environment, TMPDIR: folder },
  ).finally(() => clearInterval(watch))
  if (code === 0) return { file: join(folder, wheel.fileName) }
  if (code === "ENOENT") return { unavailable: "there is no python3 on the PATH" }
  if (/No module named pip/.test(stderr)) return { unavailable: "python3 has no pip" }
  if (/DO NOT MATCH THE HASHES/.test(stderr)) {
    throw failure("environment", {
      message: `the download of ${wheel.fileName} is not the file that losslab pins`,
      expected: `sha256 ${wheel.sha256}`,
      found: /Got\s+([0-9a-f]{64})/.exec(stderr)?.[1] ?? "another hash",
      fix: "check the package index that pip uses (pip config list); nothing was installed",
    })
  }
  if (/No space left on device|Disk quota exceeded/.test(stderr)) {
    throw failure("environment", {
      message: "the disk is full",
      file: folder,
      fix: "free some space, or set XDG_CACHE_HOME to a folder on a larger disk",
    })
  }
  return { unavailable: `pip could not download ${wheel.project} ${wheel.version}: ${lastError(stderr)}` }
}

const run = (
  command: string,
  arguments_: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | string; readonly stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(command, arguments_, { env, stdio: ["ignore", "ignore", "pipe"] })
    let stderr = ""
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
    })
    child.on("error", (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? "error", stderr }))
    child.on("close", (code, signal) => resolve({ code: code ?? signal ?? "killed", stderr }))
  })

const lastError = (stderr: string): string => {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "")
  const errors = lines.filter((line) => line.startsWith("ERROR:"))
  return (errors.at(-1) ?? lines.at(-1) ?? "no message").replace(/^ERROR: /, "").trim()
}

/** pip renames and deletes its temporary files while we look. */
const bytesUnder = (folder: string): number => {
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const stat = statSync(join(folder, entry), { throwIfNoEntry: false })
    if (stat?.isFile()) bytes += stat.size
  }
  return bytes
}
