import { either as E } from "fp-ts"
import { expect, it } from "vitest"
import { allOf } from "../../src/config/checked.ts"

it("allOf is all values in their order, or the problems of all that have some", () => {
  const [one, two, three] = ["one", "two", "three"].map((message) => ({ message })) as [
    { message: string },
    { message: string },
    { message: string },
  ]
  expect(allOf([])).toEqual(E.right([]))
  expect(allOf([E.right(2), E.right(1)])).toEqual(E.right([2, 1]))
  expect(allOf([E.left([one, two]), E.right(1), E.left([three])])).toEqual(E.left([one, two, three]))
})
