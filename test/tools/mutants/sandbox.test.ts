import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { makeSandbox, sweepSandboxes, temporaryOf } from "../../../tools/mutants/sandbox.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

const checkout = async (): Promise<string> => {
  const root = await temporaryFolder()
  for (const folder of ["src/inner", "node_modules", "dist"])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, ".gitignore"), "node_modules/\ndist/\n")
  for (const path of ["src/inner/known.ts", "node_modules/package.js", "dist/built.js"])
    writeFileSync(join(root, path), "right")
  execFileSync("git", ["init", "-q"], { cwd: root })
  execFileSync("git", ["add", "src"], { cwd: root })
  writeFileSync(join(root, "src/new.ts"), "not yet known")
  return root
}

describe("makeSandbox", () => {
  it("copies what git knows or would, and links the packages, so that the checkout is never written to", async () => {
    const root = await checkout()
    const sandbox = makeSandbox(root)
    onTestFinished(() => {
      for (const folder of [sandbox, temporaryOf(sandbox)]) rmSync(folder, { recursive: true })
    })
    expect(readdirSync(join(sandbox, "src"), { recursive: true }).sort()).toEqual([
      "inner",
      "inner/known.ts",
      "new.ts",
    ])
    expect(existsSync(join(sandbox, "dist"))).toBe(false)
    expect(readFileSync(join(sandbox, "node_modules/package.js"), "utf8")).toBe("right")
    writeFileSync(join(sandbox, "src/inner/known.ts"), "wrong")
    expect(readFileSync(join(root, "src/inner/known.ts"), "utf8")).toBe("right")
  })
})

describe("sweepSandboxes", () => {
  it("removes what a killed program left, and nothing of one that runs", () => {
    const gone = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim()
    const [left, used] = [gone, process.pid].map((pid) =>
      mkdtempSync(join(tmpdir(), `losslab-mutants-${pid}-`)),
    )
    onTestFinished(() => rmSync(used!, { recursive: true }))
    sweepSandboxes()
    expect([existsSync(left!), existsSync(used!)]).toEqual([false, true])
  })
})
