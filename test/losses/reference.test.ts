import { beforeAll, describe, expect, it } from "vitest"
import { useJavascriptEngine } from "../support/engine.ts"
import { expectReference } from "./expectReference.ts"
import { references } from "./references.ts"

beforeAll(useJavascriptEngine)

describe.each(references)("losses against test/fixtures/make/losses/$family.py", ({ reference }) => {
  const { inputs, expectations } = reference

  it("has at least twelve inputs", () => expect(inputs.length).toBeGreaterThanOrEqual(12))

  it.each(expectations)("$loss $options has its values and gradients", (expectation) =>
    expectReference(inputs, expectation),
  )
})
