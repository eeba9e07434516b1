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

  it("draws normal numbers from pairs of uniform ones, by Box and Muller", () => {
    const [draws, pairs] = [rootKey(7).draws(), rootKey(7).draws()]
    for (let i = 0; i < 100; i++) {
      const radius = Math.sqrt(-2 * Math.log(1 - pairs.uniform()))
      expect(draws.normal()).toBe(radius * Math.cos(2 * Math.PI * pairs.uniform()))
    }
  })

  test.prop([fc.integer(), fc.integer({ min: -8, max: 8 }), fc.integer({ min: 1, max: 16 })])(
    "draws between two numbers are a uniform one, moved and stretched",
    (seed, low, span) => {
      const [draws, uniform] = [rootKey(seed).draws(), rootKey(seed).draws()]
      expect(draws.between(low, low + span)).toBe(low + span * uniform.uniform())
    },
  )

  it("draws every index about as often", () => {
    const draws = rootKey(3).draws()
    const counts = new Array<number>(5).fill(0)
    for (let i = 0; i < 5000; i++) counts[draws.index(5)]!++
    // 1000 expected, with a deviation of sqrt(5000 x 0.2 x 0.8) = 28.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(170)
  })

  it("shuffles into every order about as often", () => {
    const draws = rootKey(3).draws()
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = draws.shuffle(["a", "b", "c"]).join("")
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect([...counts.keys()].toSorted()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"])
    // 1000 expected, with a deviation of sqrt(6000 x 1/6 x 5/6) = 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(180)
  })

  it("shuffles a copy, by one draw for each item but the last", () => {
    const items = [1, 2, 3, 4]
    const [draws, uniform] = [rootKey(1).draws(), rootKey(1).draws()]
    draws.shuffle(items)
    expect(items).toEqual([1, 2, 3, 4])
    for (let i = 0; i < 3; i++) uniform.uniform()
    expect(draws.uniform()).toBe(uniform.uniform())
  })

  it("is the published mixing of its seed, word by word", () => {
    // The first two words of cyrb128("seed:1") and of cyrb128("seed:1234"), without their signs.
    expect(rootKey(1).seedPair()).toEqual([1119758292, 86881092])
    expect(rootKey(1234).seedPair()).toEqual([2025086060, 37509074])
  })

  it("draws the same numbers in every version, since a stored result is known by its seed", () => {
    const child = rootKey(1234).child("epoch", 3)
    expect(child.child("case", "p7", 2).seedPair()).toEqual([196556721, 1719501272])
    expect(rootKey(0).child("epoch", 3).child("case", "p7", 2).seedPair()).toEqual([245690520, 1211203599])
    const draws = child.draws()
    expect([draws.uniform(), draws.uniform(), draws.uniform()]).toEqual([
      0.5874759081923685, 0.5298125795992846, 0.7329506872888109,
    ])
  })

  it("has a child of several names that is the child of a child", () => {
    expect(first(1, "epoch", 3, "case")).toBe(rootKey(1).child("epoch", 3).child("case").draws().uniform())
  })

  test.prop([fc.integer(), fc.array(fc.oneof(fc.string(), fc.integer()))])(
    "seeds with two whole numbers of 31 bits",
    (seed, path) => {
      for (const word of rootKey(seed)
        .child(...path)
        .seedPair())
        expect(Number.isInteger(word) && word >= 0 && word < 2 ** 31).toBe(true)
    },
  )

  it("seeds two siblings differently", () => {
    expect(rootKey(1).child("a").seedPair()).not.toEqual(rootKey(1).child("b").seedPair())
  })
})
