import { describe, expect, it } from "vitest"
import { constant } from "../../../src/optimizers/schedules/constant.ts"

describe("constant", () => {
  it("is the same at every step", () => {
    expect(constant({ learningRate: 0.3 })(0, 7)).toBe(0.3)
    expect(constant({ learningRate: 0.3 })(6, 7)).toBe(0.3)
  })
})
