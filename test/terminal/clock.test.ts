import { expect, it } from "vitest"
import { clock } from "../../src/terminal/clock.ts"

it.each([
  [-1, "0:00"],
  [0.4, "0:00"],
  [59.6, "1:00"],
  [754, "12:34"],
  [3723, "1:02:03"],
])("shows %d seconds as %s", (seconds, expected) => {
  expect(clock(seconds)).toBe(expected)
})
