import { describe, expect, it } from "vitest"
import { csv } from "../../../src/stages/report/csv.ts"

describe("csv", () => {
  it("quotes commas, quotes and line feeds, and leaves undefined empty", () => {
    expect(csv(["a", "b"], [{ a: 'x,"y"\n', b: null }, { a: Number.NaN }])).toBe('a,b\n"x,""y""\n",\n,\n')
  })

  it("keeps numbers as they are, negative ones too", () => {
    expect(csv(["a"], [{ a: -0.1234567890123456 }])).toBe("a\n-0.1234567890123456\n")
  })

  it("keeps the order of the columns, whichever order the records have, and leaves out what they lack", () => {
    expect(csv(["b", "a", "c"], [{ a: 1, b: "x", d: 9 }, { c: 0 }])).toBe("b,a,c\nx,1,\n,,0\n")
    expect(csv(["a"], [])).toBe("a\n")
  })

  it("quotes where it must and nowhere else, and shows what cannot be seen", () => {
    expect(csv(["a"], [{ a: "x; y" }, { a: 'say "so"' }, { a: "x\u0000y" }])).toBe(
      'a\nx; y\n"say ""so"""\nx\ufffdy\n',
    )
    expect(csv(["a"], [{ a: Number.POSITIVE_INFINITY }, { a: 1e-9 }, { a: "a=1" }])).toBe("a\n\n1e-9\na=1\n")
  })

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\n=1"])("makes the formula %j inert", (text) => {
    const [field] = csv(["a"], [{ a: text }])
      .slice(2)
      .split(/\n$/)
    expect(field).toBe(text.includes("\n") ? `"'${text}"` : `'${text}`)
  })
})
