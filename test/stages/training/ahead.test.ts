import { setImmediate } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { ahead } from "../../../src/stages/training/ahead.ts"

describe("ahead", () => {
  it("gives each item in order, once", async () => {
    const given: number[] = []
    for await (const item of ahead([1, 2, 3], async (i) => 10 * i)) given.push(item)
    expect(given).toEqual([10, 20, 30])
    expect(await ahead([], async () => 1).next()).toMatchObject({ done: true })
  })

  it("makes the next item while one is in use, and never more than that", async () => {
    const started: number[] = []
    const finished: number[] = []
    const make = async (i: number) => {
      started.push(i)
      await setImmediate()
      finished.push(i)
      return i
    }
    for await (const item of ahead([1, 2, 3, 4], make)) {
      expect(started).toEqual([1, 2, 3, 4].slice(0, item + 1))
      for (let i = 0; i < 5; i++) await setImmediate() // in use for a while
      expect(finished).toEqual(started)
      expect(started.length).toBeLessThanOrEqual(item + 1)
    }
  })

  it("makes nothing before the first item is asked for", async () => {
    let made = 0
    const items = ahead([1], async () => ++made)
    await setImmediate()
    expect(made).toBe(0)
    await items.return()
  })

  it("throws what making an item threw in the place of that item", async () => {
    const given: number[] = []
    const make = async (i: number) => {
      if (i === 3) throw new Error("the third")
      return i
    }
    const taken = async () => {
      for await (const item of ahead([1, 2, 3, 4], make)) {
        given.push(item)
        await setImmediate() // the third has failed before it is asked for
      }
    }
    await expect(taken()).rejects.toThrow("the third")
    expect(given).toEqual([1, 2])
  })

  it("lets whoever stops early go in peace, though the next item fails", async () => {
    // An unhandled rejection fails the test run.
    const make = async (i: number) => {
      if (i === 2) throw new Error("nobody asks for it")
      return i
    }
    for await (const item of ahead([1, 2], make)) {
      expect(item).toBe(1)
      break
    }
    await setImmediate()
  })
})
