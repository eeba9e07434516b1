import { describe, expect, it } from "vitest"
import { checkKeys } from "../../src/pipeline/checkKeys.ts"
import type { CellKeys } from "../../src/pipeline/keys.ts"

const keysOf = (ingredients: Readonly<Record<string, string>>): CellKeys => ({
  ...{ load: "l", references: "r", train: "t", evaluate: "e" },
  ingredients,
})

describe("checkKeys", () => {
  it("lets pass what is made of the same, in whatever order", () => {
    expect(() => checkKeys(keysOf({ data: "a", seed: "b" }), keysOf({ seed: "b", data: "a" }))).not.toThrow()
  })

  it.each([
    [{ data: "a", engine: "b", seed: "c" }, "data, engine"],
    [{ data: "x" }, "engine, seed"], // what was planned with and is gone
    [{ data: "x", engine: "y", seed: "c", new: "d" }, "new"], // and what is new
  ])("refuses %j, naming %s", (now, changed) => {
    expect(() => checkKeys(keysOf({ data: "x", engine: "y", seed: "c" }), keysOf(now))).toThrow(
      expect.objectContaining({
        kind: "environment",
        problems: [
          {
            message: `the plan does not fit any more: ${changed} changed since it was made`,
            fix: "run `losslab run` again: it plans anew and keeps what is still right",
          },
        ],
      }),
    )
  })
})
