import { expect, it } from "vitest"
import { lanes } from "../../../src/pipeline/profile/lanes.ts"

it("lanes are taken from the first free one, and a new one only when none is", () => {
  const { take, giveBack } = lanes()
  expect([take(), take(), take()]).toEqual([0, 1, 2])
  giveBack(2)
  giveBack(0)
  expect([take(), take(), take()]).toEqual([0, 2, 3])
})
