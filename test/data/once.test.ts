import { describe, expect, it } from "vitest"
import { once } from "../../src/data/once.ts"

describe("once", () => {
  it("runs at the first call, and gives everybody the same result", async () => {
    let runs = 0
    const get = once(async () => ({ run: ++runs }))
    expect(runs).toBe(0)
    const [first, second] = await Promise.all([get(), get()])
    expect(await get()).toBe(first)
    expect(second).toBe(first)
    expect(runs).toBe(1)
  })

  it("tries again after a failure, which everybody who waited is told", async () => {
    let runs = 0
    const get = once(async () => {
      if (++runs === 1) throw new Error("the first time")
      return runs
    })
    const both = await Promise.allSettled([get(), get()])
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    expect(runs).toBe(1)
    expect(await get()).toBe(2)
    expect(await get()).toBe(2)
  })
})
