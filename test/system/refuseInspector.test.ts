import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { mainArguments } from "../support/cli.ts"

const source = (file: string) => new URL(`../../src/${file}`, import.meta.url)

it("is the first thing that main imports", () => {
  const [, first] = readFileSync(source("main.ts"), "utf8").match(/^import (.*)$/m)!
  expect(first).toBe('"./system/refuseInspector.ts"')
})

it("lets no SIGUSR1 open the inspector", () => {
  const listening = (prelude: string) => {
    const script = `${prelude}; process.kill(process.pid, "SIGUSR1"); setTimeout(() => undefined, 300)`
    const node = [...mainArguments.slice(0, 2), "--inspect-port=0", "--input-type=module", "-e", script]
    return spawnSync(process.execPath, node, { encoding: "utf8" }).stderr.includes("Debugger listening")
  }
  expect(listening("")).toBe(true)
  expect(listening(`await import(${JSON.stringify(source("system/refuseInspector.ts").href)})`)).toBe(false)
})
