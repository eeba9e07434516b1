import { describe, expect, it } from "vitest"
import { csv } from "../../../src/stages/report/csv.ts"

describe("csv", () => {
  it("quotes commas, quotes and line feeds, and leaves undefined empty", () => {
    expect(csv(["a", "b"], [{ a: 'x,"y"\n', b: null }, { a: Number.NaN }])).toBe('a,b\n"x,""y""\n",\n,\n')
  })

  it("keeps numbers as they are, negative ones too", () => {
    expect(csv(["a"], [{ a: -0.1234567890123456 }])).toBe("a\n-0.1234567890123456\n")
  })

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\n=1"])("makes the formula %j inert", (text) => {
    expect(csv(["a"], [{ a: text }])).toMatch(/^a\n"?'/)
  })
})
