import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  decidedLogit,
  extremeLogit,
  farLogit,
  logit,
  lossCase,
  lossCaseFor,
} from "../../src/laws/lossCases.ts"

const drawn = <A>(arbitrary: fc.Arbitrary<A>, count = 2000): readonly A[] =>
  fc.sample(arbitrary, { numRuns: count, seed: 20240827 })

const share = <A>(values: readonly A[], is: (value: A) => boolean): number =>
  values.filter(is).length / values.length

describe("logits", () => {
  it("of training lie between -8 and 8, in steps of 1/128, and are spread", () => {
    const values = drawn(logit)
    expect(values.every((z) => Math.abs(z) <= 8 && Number.isInteger(z * 128))).toBe(true)
    expect(share(values, (z) => Math.abs(z) > 4)).toBeGreaterThan(0.2)
    expect(new Set(values).size).toBeGreaterThan(500)
    expect(values).toEqual(expect.arrayContaining([-8, 8]))
  })

  it("that are decided keep away from whole numbers, zero and halves, and reach 7.9 either way", () => {
    const values = drawn(decidedLogit)
    for (const z of values) expect(Math.abs(z * 2 - Math.round(z * 2))).toBeGreaterThan(0.05)
    expect(Math.min(...values)).toBeCloseTo(-7.963, 5)
    expect(Math.max(...values)).toBeCloseTo(7.937, 5)
    expect(values.every((z) => Math.fround(z) === z)).toBe(true)
  })

  it("that are extreme reach 1e4, and what rounds to 0 or 1 on the way", () => {
    const values = drawn(extremeLogit)
    for (const often of [-1e4, -100, -30, -0, 30, 100, 1e4])
      expect(share(values, (z) => Object.is(z, often))).toBeGreaterThan(0.02)
    expect(values.every((z) => Math.abs(z) <= 1e4)).toBe(true)
    expect(share(values, (z) => Math.abs(z) <= 8)).toBeGreaterThan(0.3)
    expect(share(values, (z) => Math.abs(z) > 100 && Math.abs(z) < 1e4)).toBeGreaterThan(0.1)
  })

  it("that are far are mostly decided, and have no kink beyond", () => {
    const values = drawn(farLogit)
    const far = [-9999.4, -100.4, -20.4, 20.4, 100.4, 9999.4].map(Math.fround)
    expect(values).toEqual(expect.arrayContaining(far))
    expect(values.every((z) => Math.abs(z) < 8 || far.includes(z))).toBe(true)
    expect(share(values, (z) => Math.abs(z) < 8)).toBeGreaterThan(0.6)
  })
})

describe("lossCase", () => {
  const cases = drawn(lossCase())

  it("has maps of its shape, up to three images of up to 5 x 5", () => {
    for (const { shape, logits, mask, second } of cases) {
      const size = shape[0] * shape[1] * shape[2]
      expect([logits.length, mask.length, second.length]).toEqual([size, size, size])
    }
    for (const [axis, most] of [3, 5, 5].entries())
      expect([...new Set(cases.map(({ shape }) => shape[axis]!))].sort()).toEqual(
        Array.from({ length: most }, (_, i) => i + 1),
      )
    const narrow = drawn(lossCase(logit, { maxSide: 2 }), 300)
    expect(Math.max(...narrow.flatMap(({ shape }) => [shape[1], shape[2]]))).toBe(2)
  })

  it("has masks of 0 and 1, empty and full ones and such that differ from the second among them", () => {
    const large = cases.filter(({ mask }) => mask.length > 8)
    for (const name of ["mask", "second"] as const) {
      expect(new Set(cases.flatMap((of) => of[name]))).toEqual(new Set([0, 1]))
      for (const value of [0, 1])
        expect(share(large, (of) => of[name].every((y) => y === value))).toBeGreaterThan(0.05)
    }
    expect(share(large, ({ mask, second }) => mask.some((y, i) => y !== second[i]))).toBeGreaterThan(0.5)
  })

  it("has soft masks where these are allowed, hard ones beside them, and a hard second one", () => {
    const soft = drawn(lossCaseFor({ softMask: true }))
    expect(new Set(soft.flatMap(({ mask }) => mask))).toEqual(new Set([0, 0.25, 0.5, 0.75, 1]))
    expect(new Set(soft.flatMap(({ second }) => second))).toEqual(new Set([0, 1]))
    const isSoft = share(soft, ({ mask }) => mask.some((y) => y !== 0 && y !== 1))
    expect(isSoft).toBeGreaterThan(0.2)
    expect(isSoft).toBeLessThan(0.8)
    const hard = drawn(lossCaseFor({ softMask: false }))
    expect(new Set(hard.flatMap(({ mask }) => mask))).toEqual(new Set([0, 1]))
  })

  it("is at the beginning of training, inside and at its end", () => {
    for (const progress of [0, 0.25, 1])
      expect(share(cases, (of) => of.progress === progress)).toBeGreaterThan(0.2)
  })

  it("takes its logits from those given", () => {
    const far = drawn(lossCaseFor({ softMask: true }, fc.constant(77)), 20)
    expect(new Set(far.flatMap(({ logits }) => logits))).toEqual(new Set([77]))
  })
})
