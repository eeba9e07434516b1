import { describe, expect, it } from "vitest"
import { cli, type Ended } from "../support/cli.ts"
import { sharedFolder, tinyExperiment } from "../support/experimentFiles.ts"

const folder = sharedFolder()

/** Plans an experiment whose loss is a module that begins with these words. */
const planWith = (name: string, words: string, ...more: readonly string[]): Promise<Ended> => {
  folder.write(`${name}.mjs`, `${words}\nexport default () => (logits) => logits.mean()\n`)
  folder.write(`${name}.yaml`, tinyExperiment.replace("{ kind: bce }", `{ kind: module, path: ${name}.mjs }`))
  return cli(folder.path, ["plan", `${name}.yaml`, "--backend", "javascript", ...more])
}

describe("a command that ends in none of its own ways", () => {
  it("says so with 70 when it waits for what cannot come", async () => {
    const { code, stdout, stderr } = await planWith("waiting", "await new Promise(() => {})")
    expect({ code, stdout }).toEqual({ code: 70, stdout: "" })
    expect(stderr).toMatch(/^losslab ended without finishing\n {2}found: .*\n {2}fix: if a module of yours /)
  })

  it("tells an error that a timer throws, without its stack", async () => {
    const { code, stderr } = await planWith("late", 'setTimeout(() => { throw new Error("too late") })')
    expect(code).toBe(70)
    expect(stderr).toMatch(
      /^losslab failed unexpectedly: too late\n {2}found: .*\n {2}fix: if a module .*\n$/,
    )
  })

  it("tells a rejection that nobody hears, as JSON when that is asked for", async () => {
    const { code, stderr } = await planWith("unheard", 'Promise.reject(new Error("no ears"))', "--json")
    expect(code).toBe(70)
    expect(JSON.parse(stderr)).toMatchObject({
      problems: [{ message: "losslab failed unexpectedly: no ears" }],
    })
  })
})
