import { afterEach, describe, expect, it, vi } from "vitest"
import { type VerifyCommand, verifyOptions } from "../../../src/commands/verify/verifyOptions.ts"
import { refusal } from "../../data/support/refusal.ts"

const command = (more: Partial<VerifyCommand> = {}): VerifyCommand => ({
  ...{ runs: "200", backend: "auto", json: false },
  ...more,
})
const optionsOf = (more: Partial<VerifyCommand>, said?: string) => verifyOptions(said, command(more))
const problemsOf = async (more: Partial<VerifyCommand>, said?: string) => {
  const { kind, problems } = await refusal(() => optionsOf(more, said))
  expect(kind).toBe("usage")
  return problems
}

afterEach(() => void vi.useRealTimers())

describe("verifyOptions", () => {
  it("reads numbers, and keeps the rest", () => {
    const more = { module: "a.ts", options: "{ a: 1 }", law: "convex", path: "12:0:3", json: true }
    expect(optionsOf({ ...more, runs: "7", seed: "-5" })).toEqual({ ...command(more), runs: 7, seed: -5 })
    expect(optionsOf({ runs: "1000000", seed: "2147483647" }, "bce")).toMatchObject({
      ...{ runs: 1_000_000, seed: 2 ** 31 - 1 },
    })
    expect(optionsOf({ runs: "1", seed: "-2147483648" })).toMatchObject({ runs: 1, seed: -(2 ** 31) })
  })

  it("takes another seed each time, of those that can be given again", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 2 ** 31 * 800 + 12 })
    expect(optionsOf({}).seed).toBe(12)
    vi.setSystemTime(2 ** 31 * 800 - 1)
    expect(optionsOf({}).seed).toBe(2 ** 31 - 1)
  })

  it.each(["0", "1000001", "-1", "1.5", "many", "", "1e3"])("refuses %j runs", async (runs) => {
    expect(await problemsOf({ runs })).toEqual([
      {
        message: "--runs is not a number of the right size",
        expected: "a whole number from 1 to 1000000",
        found: JSON.stringify(runs),
      },
    ])
  })

  it.each(["2147483648", "-2147483649", "x"])("refuses the seed %j", async (seed) => {
    expect(await problemsOf({ seed })).toEqual([
      {
        message: "--seed is not a number of the right size",
        expected: "a whole number from -2147483648 to 2147483647",
        found: JSON.stringify(seed),
      },
    ])
  })

  it("refuses a loss beside a module", async () => {
    expect(await problemsOf({ module: "a.ts" }, "bce")).toEqual([
      {
        message: "a loss and --module are both named",
        found: "bce and --module a.ts",
        fix: "name one of them",
      },
    ])
  })

  it("refuses options of no module, and options that are none", async () => {
    expect(await problemsOf({ options: "{ a: 1 }" }, "bce")).toMatchObject([
      { message: "--options are those of a module, and none is named" },
    ])
    expect(await problemsOf({ module: "a.ts", options: " " })).toMatchObject([
      { message: "--options is empty" },
    ])
  })

  it("refuses a path without the law or the seed that it belongs to", async () => {
    const alone = [{ message: "--path alone says nothing" }]
    expect(await problemsOf({ path: "1", law: "convex" })).toMatchObject(alone)
    expect(await problemsOf({ path: "1", seed: "1" })).toMatchObject(alone)
    expect(optionsOf({ path: "1", law: "convex", seed: "1" }).path).toBe("1")
  })

  it.each(["1000000", "0:1000000"])("takes the path %s", (path) => {
    expect(optionsOf({ path, law: "convex", seed: "1" }).path).toBe(path)
  })

  it.each(["", "1:", ":1", "a", "1000001", "0:1000001", "-1"])("refuses the path %j", async (path) => {
    expect(await problemsOf({ path, law: "convex", seed: "1" })).toMatchObject([
      { message: "--path is not that of a counterexample", found: JSON.stringify(path) },
    ])
  })

  it("tells everything that is wrong at once", async () => {
    const wrong = { module: "a.ts", options: "", runs: "0", seed: "x", path: "a" }
    expect((await problemsOf(wrong, "bce")).map(({ message }) => message)).toEqual([
      "--runs is not a number of the right size",
      "--seed is not a number of the right size",
      "a loss and --module are both named",
      "--options is empty",
      "--path alone says nothing",
      "--path is not that of a counterexample",
    ])
  })
})
