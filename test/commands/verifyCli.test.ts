import { resolve } from "node:path"
import { expect, it } from "vitest"
import { cli } from "../support/cli.ts"

const logging = resolve(import.meta.dirname, "../fixtures/modules/logging.ts")

it("keeps what a module logs out of stdout", async () => {
  const said = ["verify", "--module", logging, "--law", "finite", "--runs", "1", "--json"]
  const { code, stdout, stderr } = await cli(import.meta.dirname, [...said, "--backend", "javascript"])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ losses: [{ passed: true }] })
  for (const word of ["log", "info", "debug", "shape"]) expect(stderr).toContain(word)
})
