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
  /** A process that sends itself the signal, and ends when a handler of its own has had it or the inspector listens. */
  const listens = (prelude: string): boolean => {
    const script = `import { url } from "node:inspector"
const on = process.on.bind(process)
let handled = false
process.on = (name, handler) => on(name, (...given) => { handler(...given); handled = true })
${prelude}
process.kill(process.pid, "SIGUSR1")
setInterval(() => { if (handled || url() !== undefined) process.exit(url() === undefined ? 0 : 9) }, 5)`
    const node = [...mainArguments.slice(0, 2), "--inspect-port=0", "--input-type=module", "-e", script]
    const { status } = spawnSync(process.execPath, node)
    expect([0, 9]).toContain(status)
    return status === 9
  }
  expect(listens("")).toBe(true)
  expect(listens(`await import(${JSON.stringify(source("system/refuseInspector.ts").href)})`)).toBe(false)
})
