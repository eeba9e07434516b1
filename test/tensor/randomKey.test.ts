import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { rootKey } from "../../src/tensor/randomKey.ts"

const first = (seed: number, ...path: (string | number)[]) =>
  rootKey(seed)
    .child(...path)
    .draws()
    .uniform()

describe("rootKey", () => {
  it("gives the same draws for the same path, whatever was drawn elsewhere", () => {
    const key = rootKey(1234)
    key.child("epoch", 1).draws().uniform()
    expect(key.child("epoch", 3).child("case", "p7").draws().uniform()).toBe(
      first(1234, "epoch", 3, "case", "p7"),
    )
  })

  it("tells paths apart that read the same when joined", () => {
    const values = [first(1, 1, 2), first(1, 12), first(1, "1", 2), first(1, "1", "2"), first(2, 1, 2)]
    expect(new Set(values).size).toBe(values.length)
  })

  test.prop([fc.integer()])("draws are uniform: the mean of many is near one half", (seed) => {
    const draws = rootKey(seed).draws()
    const n = 4000
    let sum = 0
    for (let i = 0; i < n; i++) sum += draws.uniform()
    // Standard error 0.0046: six of them.
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(0.028)
  })

  test.prop([fc.integer(), fc.array(fc.integer(), { maxLength: 30 })])(
    "shuffle keeps the items",
    (seed, items) => {
      const shuffled = rootKey(seed).draws().shuffle(items)
      expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
    },
  )

  it("normal draws have mean 0 and variance 1", () => {
    const draws = rootKey(7).draws()
    const values = Array.from({ length: 20000 }, () => draws.normal())
    const mean = values.reduce((a, b) => a + b) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(1, 1)
  })

  it("seeds two siblings differently", () => {
    expect(rootKey(1).child("a").seedPair()).not.toEqual(rootKey(1).child("b").seedPair())
  })
})
