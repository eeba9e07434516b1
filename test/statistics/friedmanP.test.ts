import { describe, expect, it } from "vitest"
import { friedman } from "../../src/statistics/friedman.ts"
import { friedmanP } from "../../src/statistics/friedmanP.ts"

const column = (...values: readonly (number | null)[]) => ({ name: "any", values })

describe("friedmanP", () => {
  it("takes the cases that have a value in every column", () => {
    const p = friedmanP([column(1, 2, 3, null), column(2, 3, 5, 1), column(3, null, 4, 7)])
    const rows = [
      [1, 2, 3],
      [3, 5, 4],
    ]
    expect(p).toBe(friedman(rows)!.p)
  })

  it("leaves out a case that the first or the last column lacks", () => {
    const columns = [column(null, 2, 1, 4), column(2, 3, 4, 5), column(3, 1, 4, null)]
    const rows = [
      [2, 3, 1],
      [1, 4, 4],
    ]
    expect(friedmanP(columns)).toBe(friedman(rows)!.p)
  })

  it("is undefined below three columns, and without a complete case", () => {
    expect(friedmanP([column(1, 2), column(3, 1)])).toBeNull()
    expect(friedmanP([])).toBeNull()
    expect(friedmanP([column(1, null), column(null, 2), column(1, 2)])).toBeNull()
  })
})
