import { describe, expect, it } from "vitest"
import { precisions } from "../../src/tensor/precision.ts"

describe("precisions", () => {
  it("are float32, against which the others are held, and bfloat16", () => {
    expect(precisions).toEqual(["float32", "bfloat16"])
  })
})
