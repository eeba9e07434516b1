import { test as property } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { html } from "../../src/figures/markup.ts"
import { visible } from "../../src/figures/visible.ts"

describe("html", () => {
  it("escapes text for elements and quoted attributes", () => {
    const name = `<img src=x onerror="alert('1')"> & co`
    expect(html`<b title="${name}">${name}</b>`.text).toBe(
      '<b title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co">' +
        "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co</b>",
    )
  })

  it("keeps markup, joins lists and drops nothing-values", () => {
    expect(html`${[html`<i>a</i>`, "<", 3]}${null}${undefined}${false}${0}`.text).toBe("<i>a</i>&lt;30")
  })

  it("does not read escapes of the template twice", () => {
    expect(html`a\tb`.text).toBe("a\tb")
  })

  property.prop([fc.string({ unit: "binary" })])(
    "lets no text open a tag, an entity or an attribute",
    (text) => {
      expect(html`${text}`.text.replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toMatch(/[<>&"']/)
    },
  )
})

describe("visible", () => {
  it("shows controls, direction overrides and half surrogates as a replacement character", () => {
    expect(visible("a\u0000b\u202ec\ud800d")).toBe("a\ufffdb\ufffdc\ufffdd")
  })

  it("keeps letters of any script, emoji, tabs and line feeds", () => {
    expect(visible("Prüfung 前立腺 🩺\t\n")).toBe("Prüfung 前立腺 🩺\t\n")
  })
})
