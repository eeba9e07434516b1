import { either as E } from "fp-ts"
import * as t from "io-ts"
import { expect, it } from "vitest"
import { issueOf, pathOf } from "../../../src/config/language/issue.ts"

const errorsOf = (result: t.Validation<unknown>): t.Errors => (E.isLeft(result) ? result.left : [])

it("says of an error that io-ts made what io-ts said, or that the value is not valid", () => {
  const positive = t.refinement(t.number, (value) => value > 0, "Positive")
  expect(errorsOf(positive.decode(-1)).map(issueOf)).toEqual([{ message: "not valid", at: "value" }])
  const said = errorsOf(t.failure(-1, [], "not positive"))
  expect(said.map(issueOf)).toEqual([{ message: "not positive", at: "value" }])
})

it("names the place of an error by keys from the root down", () => {
  const nested = t.type({ a: t.type({ b: t.array(t.number) }) })
  expect(errorsOf(nested.decode({ a: { b: [1, "x"] } })).map(pathOf)).toEqual([["a", "b", "1"]])
  expect(errorsOf(nested.decode(3)).map(pathOf)).toEqual([[]])
})
