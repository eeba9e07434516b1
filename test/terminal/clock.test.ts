import { expect, it } from "vitest"
import { clock } from "../../src/terminal/clock.ts"

it.each([
  [-1, "0:00"],
  [0.4, "0:00"],
  [0.5, "0:01"],
  [59.6, "1:00"],
  [754, "12:34"],
  [3599.4, "59:59"],
  [3599.6, "1:00:00"],
  [3723, "1:02:03"],
  [45296, "12:34:56"],
])("shows %d seconds as %s", (seconds, expected) => {
  expect(clock(seconds)).toBe(expected)
})
