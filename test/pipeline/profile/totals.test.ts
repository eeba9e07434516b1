import { describe, expect, it } from "vitest"
import { totals } from "../../../src/pipeline/profile/totals.ts"

describe("totals", () => {
  it("sum up by name, in milliseconds, the most expensive first", () => {
    const { add, list } = totals()
    expect(list()).toEqual([])
    add("cheap", 500)
    add("dear", 3000)
    add("cheap", 1000)
    add("middle", 2000)
    expect(list()).toEqual([
      { name: "dear", count: 1, milliseconds: 3 },
      { name: "middle", count: 1, milliseconds: 2 },
      { name: "cheap", count: 2, milliseconds: 1.5 },
    ])
  })

  it("say how many of a name came before", () => {
    const { add } = totals()
    expect([add("a", 1), add("a", 1), add("b", 1), add("a", 1)]).toEqual([0, 1, 0, 2])
  })
})
