import { describe, expect, it } from "vitest"
import { scale } from "../../src/data/intensity.ts"

describe("scale", () => {
  it("maps low to 0 and high to 1", () => {
    expect([...scale({ low: -100, high: 300 })(Float32Array.of(-100, 0, 100, 300))]).toEqual([
      0, 0.25, 0.5, 1,
    ])
  })

  it("clamps what lies outside, and 255 under the division by 254", () => {
    expect([...scale({ low: 0, high: 254 })(Float32Array.of(-1, 127, 254, 255))]).toEqual([0, 0.5, 1, 1])
  })

  it("leaves its input alone", () => {
    const voxels = Float32Array.of(127)
    scale({ low: 0, high: 254 })(voxels)
    expect(voxels[0]).toBe(127)
  })
})
