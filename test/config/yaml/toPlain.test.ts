import { expect, it } from "vitest"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { locatedYaml } from "../locatedYaml.ts"

it("toPlain gives the value without its places", () => {
  expect(toPlain(locatedYaml("a: [1, { b: x }]\nc: null\nd: true"))).toEqual({
    a: [1, { b: "x" }],
    c: null,
    d: true,
  })
})

it("toPlain keeps the key __proto__ a key", () => {
  const plain = toPlain(locatedYaml("__proto__: { polluted: true }"))
  expect(Object.keys(plain ?? {})).toEqual(["__proto__"])
  expect(plain).not.toHaveProperty("polluted")
})
