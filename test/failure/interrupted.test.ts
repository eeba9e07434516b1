import { expect, it } from "vitest"
import { interrupted } from "../../src/failure/interrupted.ts"

it.each([
  [undefined, "run the same command again to continue"],
  ["losslab run a.yaml", "run the same command again to continue: losslab run a.yaml"],
])("says of a command that was told to stop what goes on with it: %s", (command, fix) => {
  const { kind, problems } = interrupted(command)
  expect(kind).toBe("interrupted")
  expect(problems).toEqual([{ message: "interrupted; what is finished is kept", fix }])
})
