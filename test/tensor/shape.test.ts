import { describe, expect, it } from "vitest"
import { assertSameShape, ShapeError } from "../../src/tensor/shape.ts"

const compare = (first: readonly number[], second: readonly number[]) => () => {
  assertSameShape("loss: mask", { shape: first }, { shape: second })
}

describe("assertSameShape", () => {
  it("lets equal shapes pass", () => {
    for (const shape of [[], [0], [3], [2, 1, 3]]) expect(compare(shape, [...shape])).not.toThrow()
  })

  it.each([
    [
      [2, 3],
      [2, 4],
    ],
    [
      [2, 3],
      [1, 3],
    ],
    [
      [2, 3],
      [3, 2],
    ],
    [[2], [2, 1]],
    [[2, 1], [2]],
    [[], [1]],
  ])("tells %j from %j", (first, second) => {
    expect(compare(first, second)).toThrow(ShapeError)
  })

  it("names the place and both shapes, the expected one first", () => {
    expect(compare([2, 3], [2, 4])).toThrow("loss: mask: expected shape [2, 3], got [2, 4]")
  })
})

describe("ShapeError", () => {
  it("is known by its name and tag", () => {
    const error = new ShapeError("conv", "[B, H, W, 1]", [2, 8])
    expect(error.message).toBe("conv: expected shape [B, H, W, 1], got [2, 8]")
    expect([error.name, error._tag]).toEqual(["ShapeError", "ShapeError"])
    expect(error).toBeInstanceOf(Error)
  })
})
