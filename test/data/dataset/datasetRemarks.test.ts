import { describe, expect, it } from "vitest"
import {
  patientsOf,
  remarksOnCropping,
  remarksOnEmpty,
  remarksOnUnused,
} from "../../../src/data/dataset/datasetRemarks.ts"
import type { Case } from "../../../src/data/sources/source.ts"

const of = (patient: string, ...ids: readonly string[]): Case[] =>
  ids.map((id) => ({ id, patient, group: null }))
const nobody = { train: [], validation: [], test: [], unused: [] }
const names = (count: number) => Array.from({ length: count }, (_, i) => `P${i + 1}`)

describe("patientsOf", () => {
  it("names each patient once, in the order of the cases", () => {
    expect(patientsOf([...of("b", "1", "2"), ...of("a", "3"), ...of("b", "4")])).toEqual(["b", "a"])
  })
})

describe("remarksOnUnused", () => {
  it("has nothing to say when every case is in a split", () => {
    expect(remarksOnUnused({ ...nobody, train: of("a", "1"), test: of("b", "2") })).toEqual([])
  })

  it("tells patients that no split takes from cases of patients that one takes, in any split", () => {
    const unused = [...of("a", "a2"), ...of("b", "b2"), ...of("c", "c2"), ...of("d", "d1", "d2")]
    expect(
      remarksOnUnused({
        train: of("a", "a1"),
        validation: of("b", "b1"),
        test: of("c", "c1"),
        unused,
      }),
    ).toEqual(["1 patient is in no split: d", "3 cases are left out, of patients that are used: a2, b2, c2"])
    expect(
      remarksOnUnused({
        ...nobody,
        train: of("a", "a1"),
        unused: [...of("a", "a2"), ...of("b", "b1"), ...of("c", "c1")],
      }),
    ).toEqual(["2 patients are in no split: b, c", "1 case is left out, of patients that are used: a2"])
  })

  it("names ten of many, and says how many more there are", () => {
    const unused = (count: number) =>
      remarksOnUnused({ ...nobody, unused: names(count).flatMap((name) => of(name, name)) })
    expect(unused(10)).toEqual(["10 patients are in no split: P1, P2, P3, P4, P5, P6, P7, P8, P9, P10"])
    expect(unused(11)).toEqual([
      "11 patients are in no split: P1, P2, P3, P4, P5, P6, P7, P8, P9, P10 and 1 more",
    ])
  })
})

describe("remarksOnCropping", () => {
  it("counts the voxels of all cases, and names the cases that lose some", () => {
    expect(
      remarksOnCropping(
        new Map([
          ["a", 0],
          ["b", 3],
          ["c", 0],
          ["d", 4],
        ]),
      ),
    ).toEqual(["cropping to load.size cuts off 7 voxels of the expert's masks in 2 cases: b, d"])
    expect(remarksOnCropping(new Map([["a", 1]]))).toEqual([
      "cropping to load.size cuts off 1 voxel of the expert's masks in 1 case: a",
    ])
    expect(remarksOnCropping(new Map([["a", 0]]))).toEqual([])
  })
})

describe("remarksOnEmpty", () => {
  const set = (...masks: readonly (readonly number[])[]) => ({
    count: masks.length,
    ids: [],
    images: new Float32Array(0),
    masks: Uint8Array.from(masks.flat()),
  })

  it("counts the slices in which nothing is inside", () => {
    expect(remarksOnEmpty("test", set([0, 0], [0, 1], [0, 0]))).toEqual([
      "2 of 3 test slices show no foreground",
    ])
    expect(remarksOnEmpty("test", set([0, 0], [1, 0]))).toEqual(["1 of 2 test slices show no foreground"])
    expect(remarksOnEmpty("test", set([1, 0], [0, 1]))).toEqual([])
    expect(remarksOnEmpty("validation", set())).toEqual([])
  })
})
