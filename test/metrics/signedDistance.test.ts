import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { signedDistance, signedDistances } from "../../src/metrics/signedDistance.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"

const row = (...bits: number[]) => ({ shape: [1, bits.length], data: Uint8Array.from(bits) })

describe("signedDistance", () => {
  it("counts pixels outside, and pixels less one inside as negative", () => {
    expect([...signedDistance(row(0, 0, 1, 1, 1, 0))].map((d) => d + 0)).toEqual([2, 1, 0, -1, 0, 1])
  })

  it("is Euclidean", () => {
    const data = Uint8Array.of(1, 0, 0, 0, 0, 0)
    expect(signedDistance({ shape: [2, 3], data })[5]).toBeCloseTo(Math.sqrt(5), 6)
  })

  it("is 0 everywhere without a border", () => {
    expect([...signedDistance(row(0, 0, 0))]).toEqual([0, 0, 0])
    expect([...signedDistance(row(1, 1))].map((d) => d + 0)).toEqual([0, 0])
  })

  it("is the distance to the nearest pixel of the other kind, tried one by one", () => {
    const shapes = fc.record({
      rows: fc.integer({ min: 1, max: 12 }),
      columns: fc.integer({ min: 1, max: 12 }),
      // Scattered pixels, single ones of either kind, and halves.
      share: fc.constantFrom(0.02, 0.1, 0.5, 0.9, 0.98),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(shapes, ({ rows, columns, share, seed }) => {
        const draws = rootKey(seed).draws()
        const data = Uint8Array.from({ length: rows * columns }, () => (draws.uniform() < share ? 1 : 0))
        const others = [0, 1].map((kind) => [...data.keys()].filter((i) => data[i] !== kind))
        const expected = Float32Array.from(data, (bit, i) => {
          const nearest = Math.min(
            ...others[bit]!.map(
              (j) =>
                (Math.floor(i / columns) - Math.floor(j / columns)) ** 2 +
                ((i % columns) - (j % columns)) ** 2,
            ),
          )
          return bit === 1 ? 1 - Math.sqrt(nearest) : Math.sqrt(nearest)
        })
        const hasBorder = data.includes(0) && data.includes(1)
        expect(signedDistance({ shape: [rows, columns], data })).toEqual(
          hasBorder ? expected : new Float32Array(data.length),
        )
      }),
      { numRuns: 300 },
    )
  })

  it("is positive outside and not inside", () => {
    const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(
        bits.filter((b) => new Set(b).size === 2),
        (b) => {
          expect([...signedDistance(row(...b))].map((d) => (d > 0 ? 0 : 1))).toEqual(b)
        },
      ),
    )
  })
})

describe("signedDistances", () => {
  it("looks at each image of a batch alone", () => {
    // An empty image, and one whose mask is its last column.
    const masks = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1)
    expect([...signedDistances(masks, [2, 2, 3])]).toEqual([0, 0, 0, 0, 0, 0, 2, 1, 0, 2, 1, 0])
  })
})
