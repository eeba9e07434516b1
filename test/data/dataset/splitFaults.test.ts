import { describe, expect, it } from "vitest"
import { type Pools, splitFaults } from "../../../src/data/dataset/splitFaults.ts"
import type { Split } from "../../../src/data/dataset/wanted.ts"

/** Ten patients to train with and four to test with. */
const grouped: Pools = { train: 10, trainPool: 10, testPool: 4, shared: false }
/** Ten patients, of whom so many are taken for testing. */
const shared = (tested: number): Pools => ({ train: 10 - tested, trainPool: 10, testPool: 10, shared: true })

const faults = (split: Partial<Split>, pools: Pools = grouped) =>
  splitFaults({ train: "all", validation: 0, test: "all", ...split }, pools)

describe("splitFaults", () => {
  it("has nothing against a split that takes everybody to the last", () => {
    expect(faults({})).toEqual([])
    expect(faults({ train: 7, validation: 3, test: 4 })).toEqual([])
    expect(faults({ validation: 9 })).toEqual([])
    expect(faults({ train: 0.5, validation: 9, test: 1 })).toEqual([])
    expect(faults({ train: 0.6, validation: 0.4, test: 0.9 })).toEqual([])
    expect(faults({ train: 5, validation: 2, test: 3 }, shared(3))).toEqual([])
  })

  it("refuses one patient more than there are to train and validate with, and shows what was asked", () => {
    const words = {
      message: "the split asks for more patients than the training group has",
      path: "load.split",
      expected: "train + validation at most 10",
      fix: "ask for fewer",
    }
    expect(faults({ train: 8, validation: 3 })).toEqual([{ ...words, found: "train 8, validation 3" }])
    expect(faults({ train: 9, validation: 0.2 })).toEqual([
      { ...words, found: "train 9, validation 2 (0.2 of them)" },
    ])
    expect(faults({ train: ["a", "b"], validation: 9 })).toEqual([
      { ...words, found: "train 2, validation 9" },
    ])
    expect(faults({ train: 5, validation: 3, test: 3 }, shared(3))).toMatchObject([
      { expected: "train + validation at most 7" },
    ])
  })

  it("refuses validation patients that leave nobody to train with", () => {
    const words = (most: number) => ({
      message: "the split asks for more patients than the training group has",
      fix: "ask for fewer",
      path: "load.split.validation",
      expected: `validation at most ${most}, so that one patient is left to train with`,
    })
    for (const train of ["all", 0.3] as const)
      expect(faults({ train, validation: 10 })).toEqual([{ ...words(9), found: "10" }])
    // 9.5 of ten, rounded
    expect(faults({ validation: 0.95 })).toEqual([{ ...words(9), found: "10 (0.95 of them)" }])
    expect(faults({ validation: ["a", "b"] }, { ...grouped, train: 2 })).toEqual([
      { ...words(1), found: "2" },
    ])
    expect(faults({ validation: 0 }, { ...grouped, train: 0, trainPool: 0 })).toEqual([
      { ...words(0), found: "0" },
    ])
  })

  it("refuses one patient more than there are to test with, and all of none", () => {
    const words = {
      message: "the split asks for more patients than the test group has",
      fix: "ask for fewer",
      path: "load.split.test",
    }
    expect(faults({ test: 4 })).toEqual([])
    expect(faults({ test: 5 })).toEqual([{ ...words, expected: "at most 4", found: "5" }])
    const nobody = { ...grouped, testPool: 0 }
    expect(faults({}, nobody)).toEqual([{ ...words, expected: "at most 0", found: "all" }])
    expect(faults({ test: 0.5 }, nobody)).toEqual([
      { ...words, expected: "at most 0", found: "1 (0.5 of them)" },
    ])
    expect(faults({}, { ...grouped, testPool: 1 })).toEqual([])
  })

  it("refuses to test with all of those that should train, unless these are listed", () => {
    for (const train of ["all", 3] as const)
      expect(faults({ train }, shared(0))).toEqual([
        {
          message: "the source has no test group, so `all` would leave nobody to train with",
          path: "load.split.test",
          expected: "a number of patients, a fraction such as 0.2, or a list",
          found: "all",
        },
      ])
    expect(faults({ train: ["a"] }, shared(0))).toEqual([])
  })

  it("adds up the fractions of splits that share patients, to 1 but for rounding", () => {
    // 0.33 + 0.56 + 0.11 is 1.0000000000000002 in float64.
    for (const [train, validation, test] of [
      [0.6, 0.3, 0.1],
      [0.33, 0.56, 0.11],
      [0.7, 0.2, 0.1],
    ] as const)
      expect(faults({ train, validation, test }, shared(1))).toEqual([])
    const words = {
      message: "the fractions of the split add up to more than 1",
      path: "load.split",
      expected: "at most 1",
    }
    const fractions = { train: 0.6, validation: 0.3, test: 0.101 }
    expect(faults(fractions, shared(1))).toEqual([{ ...words, found: "0.6 + 0.3 + 0.101" }])
    expect(faults({ train: 0.6, validation: 0.5 })).toEqual([{ ...words, found: "0.6 + 0.5" }])
    expect(faults(fractions)).toEqual([])
    // A number of patients is no fraction, and neither is 0.
    expect(faults({ train: 0.6, validation: 0, test: 5 }, shared(5))).toEqual([])
  })

  it("tells everything at once", () => {
    expect(faults({ train: 0.6, validation: 0.95, test: 5 }).map(({ path }) => path)).toEqual([
      "load.split",
      "load.split.validation",
      "load.split.test",
    ])
  })
})
