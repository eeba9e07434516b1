import { describe, expect, it } from "vitest"
import { figure, shortened } from "../../src/figures/figure.ts"
import { html } from "../../src/figures/markup.ts"

describe("figure", () => {
  it("names and describes what it holds, in its own size", () => {
    const described = { id: "one", title: "A <title>", description: "What & why" }
    expect(figure(described, 300, 20.456, html`<path/>`).text).toBe(
      `<svg role="img" aria-labelledby="one-title one-description" viewBox="0 0 300 20.46">
<title id="one-title">A &lt;title&gt;</title><desc id="one-description">What &amp; why</desc>
<path/>
</svg>`,
    )
  })
})

describe("shortened", () => {
  it("keeps what fits, and cuts the rest to the length with an ellipsis", () => {
    expect([shortened("abcd", 5), shortened("abcde", 5), shortened("abcdef", 5)]).toEqual([
      "abcd",
      "abcde",
      "abcd…",
    ])
  })

  it("counts characters, not halves of them", () => {
    expect([shortened("🩺🩺🩺", 3), shortened("🩺🩺🩺🩺", 3)]).toEqual(["🩺🩺🩺", "🩺🩺…"])
  })
})
