import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { processAlive } from "../../src/system/processAlive.ts"

const prefix = "losslab-mutants-"

/** Where tests that run in a sandbox put what is temporary: it goes with the sandbox, whatever became of the tests. */
export const temporaryOf = (sandbox: string): string => `${sandbox}-tmp`

/** A copy of the checkout in which faults are planted: the checkout itself is never written to, so that nothing is left
 *  there whatever ends the program. Files are those that git knows or would; packages are linked.
 *  @returns the folder; the caller removes it, and temporaryOf it */
export const makeSandbox = (root: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  })
  for (const path of listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
  mkdirSync(temporaryOf(folder))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  return folder
}

/** Removes the sandboxes of programs that were killed. */
export const sweepSandboxes = (): void => {
  for (const name of readdirSync(tmpdir()).filter((name) => name.startsWith(prefix)))
    if (!processAlive(Number(name.slice(prefix.length).split("-")[0])))
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
}
