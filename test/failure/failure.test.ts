import { describe, expect, it } from "vitest"
import { Failure, failure } from "../../src/failure/failure.ts"

describe("a failure", () => {
  it("is an error that says all its problems, and keeps them", () => {
    const problems = [{ message: "a is gone", file: "a" }, { message: "b is gone" }]
    const failed = new Failure("data", problems)
    expect(failed).toBeInstanceOf(Error)
    expect(failed).toMatchObject({
      ...{ kind: "data", name: "Failure", _tag: "Failure" },
      ...{ message: "a is gone; b is gone", problems },
    })
    expect("cause" in failed).toBe(false)
  })

  it("keeps its cause, if it has one", () => {
    const cause = new Error("why")
    expect(failure("bug", { message: "broken" }, cause)).toMatchObject({ kind: "bug", cause })
    expect("cause" in failure("bug", { message: "broken" })).toBe(false)
  })
})
