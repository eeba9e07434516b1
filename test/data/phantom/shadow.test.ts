import { describe, expect, it } from "vitest"
import { fieldMm } from "../../../src/data/phantom/grid.ts"
import { contactShadows, sectorLossDb } from "../../../src/data/phantom/shadow.ts"
import type { Draws } from "../../../src/tensor/randomKey.ts"

const sector = { xMm: 20, topMm: 1, widthMm: 4, slant: 0, lossDb: 10 }

describe("sectorLossDb", () => {
  it("is the whole loss in the middle, from 2 mm below the top on, and nothing above and far beside it", () => {
    expect(sectorLossDb(sector, 20, 1)).toBe(0)
    expect(sectorLossDb(sector, 20, 2)).toBeCloseTo(-5) // half way into the 2 mm
    expect(sectorLossDb(sector, 20, 3)).toBeCloseTo(-10)
    expect(sectorLossDb(sector, 20, 30)).toBeCloseTo(-10)
    expect(Math.abs(sectorLossDb(sector, 26, 3))).toBe(0)
  })

  it("falls to a half at the half width, which grows with depth", () => {
    // 10 mm below the top the half width is 4 (0.5 + 0.08) = 2.32 mm.
    expect(sectorLossDb(sector, 22.32, 11)).toBeCloseTo(-5)
    expect(sectorLossDb(sector, 17.68, 11)).toBeCloseTo(-5)
    // Slanted by 0.1 it stands 1 mm farther right there.
    expect(sectorLossDb({ ...sector, slant: 0.1 }, 23.32, 11)).toBeCloseTo(-5)
  })
})

describe("contactShadows", () => {
  /** Draws that take the same share of every range, and no slant or drift. */
  const at = (share: number): Draws & { readonly ranges: number[][] } => {
    const ranges: number[][] = []
    return {
      ranges,
      uniform: () => share,
      between: (low, high) => {
        ranges.push([low, high])
        return low + share * (high - low)
      },
      index: (count) => Math.floor(share * count),
      normal: () => 0,
      shuffle: (items) => [...items],
    }
  }

  it("are none to three, over the whole width, of 4 to 13 dB", () => {
    const most = at(0.999)
    contactShadows(most)
    expect(most.ranges).toEqual(
      Array.from({ length: 3 }, () => [
        [0, fieldMm.x],
        [-2, 3],
        [1.2, 5],
        [4, 13],
      ]).flat(),
    )
    expect(contactShadows(at(0))(0.5)(10, 30)).toBe(0)
  })

  it("add up where they lie over each other", () => {
    // Two (0.5 of 0 to 3) of 8.5 dB in the middle of the field.
    expect(contactShadows(at(0.5))(0.5)(fieldMm.x / 2, 20)).toBeCloseTo(-17)
  })
})
