import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { andThen, stage } from "../../src/stages/stage.ts"

const adding = (by: number) => stage(`add ${by}`, (input: number) => Effect.succeed(input + by))
const doubling = stage("double", (input: number) => Effect.succeed(2 * input))

describe("a stage", () => {
  it("is a name and what it does", async () => {
    expect(doubling.name).toBe("double")
    expect(await Effect.runPromise(doubling.run(3))).toBe(6)
  })

  it("hands what it makes to the one that follows, under both names", async () => {
    const joined = andThen(doubling)(adding(1))
    expect(joined.name).toBe("add 1 -> double")
    expect(await Effect.runPromise(joined.run(3))).toBe(8)
    expect(await Effect.runPromise(andThen(adding(1))(doubling).run(3))).toBe(7)
  })

  it("lets none follow when it fails", async () => {
    let followed = false
    const failing = stage("fail", (_: number) => Effect.fail("broken" as const))
    const after = stage("after", (_: never) => {
      followed = true
      return Effect.succeed(1)
    })
    expect(await Effect.runPromise(Effect.flip(andThen(after)(failing).run(3)))).toBe("broken")
    expect(followed).toBe(false)
  })
})
