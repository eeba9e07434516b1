import { describe, expect, it } from "vitest"
import { complement, images, type LossCase, mapMaps, row } from "../../src/laws/lossCase.ts"

/** Two images of one row of two. */
const two: LossCase = {
  shape: [2, 1, 2],
  logits: [1, -2, 3, 4],
  mask: [1, 0, 0.25, 1],
  second: [0, 0, 1, 1],
  progress: 0.25,
}

describe("mapMaps", () => {
  it("changes all three maps, and the shape only when told to", () => {
    const reversed = mapMaps(two, (map) => [...map].reverse())
    expect(reversed).toEqual({ ...two, logits: [4, 3, -2, 1], mask: [1, 0.25, 0, 1], second: [1, 1, 0, 0] })
    expect(mapMaps(two, (map) => map.slice(2), [1, 1, 2]).shape).toEqual([1, 1, 2])
  })
})

describe("images", () => {
  it("are cases of their own, in their order", () => {
    expect(images(two)).toEqual([
      { shape: [1, 1, 2], logits: [1, -2], mask: [1, 0], second: [0, 0], progress: 0.25 },
      { shape: [1, 1, 2], logits: [3, 4], mask: [0.25, 1], second: [1, 1], progress: 0.25 },
    ])
    const of = mapMaps(two, (map) => [...map, ...map, ...map], [2, 2, 3])
    expect(images(of).map(({ shape, logits }) => [shape, logits])).toEqual([
      [
        [1, 2, 3],
        [1, -2, 3, 4, 1, -2],
      ],
      [
        [1, 2, 3],
        [3, 4, 1, -2, 3, 4],
      ],
    ])
  })
})

describe("complement", () => {
  it("exchanges foreground and background everywhere, and nothing twice", () => {
    expect(complement(two)).toEqual({
      ...two,
      ...{ logits: [-1, 2, -3, -4], mask: [0, 1, 0.75, 0], second: [1, 1, 0, 0] },
    })
    expect(complement(complement(two))).toEqual(two)
  })
})

describe("row", () => {
  it("is one image, with annotators who agree unless told otherwise", () => {
    expect(row([1, 2, 3], [0, 1, 0])).toEqual({
      shape: [1, 1, 3],
      ...{ logits: [1, 2, 3], mask: [0, 1, 0], second: [0, 1, 0] },
    })
    expect(row([1], [0], [1]).second).toEqual([1])
  })
})
