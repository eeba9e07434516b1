import { expect, it } from "vitest"
import { exitCode } from "../../src/failure/exitCode.ts"

it("keeps to the exit codes that scripts rely on", () => {
  expect(exitCode).toEqual({
    ...{ usage: 2, config: 2, data: 3, numerics: 4, environment: 5, check: 6 },
    ...{ bug: 70, interrupted: 75 },
  })
})
