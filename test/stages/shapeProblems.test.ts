import { describe, expect, it } from "vitest"
import { shapeProblems } from "../../src/stages/shapeProblems.ts"

const more = { file: "weights.safetensors", fix: "choose another file" }
const problems = (
  expected: Readonly<Record<string, readonly number[]>>,
  found: Readonly<Record<string, readonly number[]>>,
) => shapeProblems("the file", expected, found, more)

describe("shapeProblems", () => {
  it("has none for the same paths and shapes, in whatever order", () => {
    expect(problems({}, {})).toEqual([])
    expect(problems({ a: [1, 2], b: [] }, { b: [], a: [1, 2] })).toEqual([])
  })

  it("names what is missing, of another shape, and superfluous, with what is said of all", () => {
    expect(
      problems({ same: [3], lost: [1, 2], other: [1, 2] }, { extra: [4], other: [2, 1], same: [3] }),
    ).toEqual([
      {
        message: "the file lacks lost",
        path: "lost",
        expected: "shape [1, 2]",
        found: "nothing",
        ...more,
      },
      {
        message: "other has another shape",
        path: "other",
        expected: "shape [1, 2]",
        found: "shape [2, 1]",
        ...more,
      },
      {
        message: "the file has extra, which nothing asks for",
        path: "extra",
        expected: "no such path",
        found: "extra",
        ...more,
      },
    ])
  })

  it("tells shapes apart that read the same without their commas", () => {
    expect(problems({ a: [1, 23] }, { a: [12, 3] })).toHaveLength(1)
    expect(problems({ a: [6] }, { a: [6, 1] })).toHaveLength(1)
  })

  it("takes names that every object has for paths like others", () => {
    expect(problems({ constructor: [1] }, {}).map(({ message }) => message)).toEqual([
      "the file lacks constructor",
    ])
    expect(problems({}, { toString: [1] }).map(({ path }) => path)).toEqual(["toString"])
  })
})
