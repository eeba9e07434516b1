import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { NumericArray } from "../../../src/data/files/bytes.ts"
import type { Volume } from "../../../src/data/files/volume.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { foregroundOf, foregroundReader, labelProblems } from "../../../src/data/sources/foreground.ts"

const volume = (voxels: NumericArray): Volume => ({
  file: "mask.nii",
  shape: [voxels.length, 1],
  geometry: { shape: [voxels.length, 1, 1], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) },
  datatype: "uint8",
  voxels,
})

describe("foregroundOf", () => {
  it("takes the value that is not 0 for inside", () => {
    expect(foregroundOf(volume(Uint8Array.of(0, 255, 255, 0)), null)).toEqual({
      mask: Uint8Array.of(0, 1, 1, 0),
      labels: [255],
      problems: [],
    })
    expect(foregroundOf(volume(new Uint8Array(3)), null)).toMatchObject({ labels: [], problems: [] })
  })

  it("takes the labels that are listed for inside, and all others for outside", () => {
    const { mask, labels } = foregroundOf(volume(Int16Array.of(0, 3, 1, -2, 2, 3)), [2, 3, 7])
    expect([...mask]).toEqual([0, 1, 0, 0, 1, 1])
    expect(labels).toEqual([2, 3])
  })

  it("refuses values that are not declared, among however many that are", () => {
    const mask = Uint8Array.of(0, 1, 2, 3, 3, 1)
    expect(foregroundOf(volume(mask), [1], [1, 2, 3]).problems).toEqual([])
    expect(foregroundOf(volume(mask), [1], [1, 2]).problems).toMatchObject([
      {
        message: "the mask holds a label that dataset.json does not have",
        found: "3 (2 voxels)",
        fix: "mend the mask, or add the label to dataset.json",
      },
    ])
    const upTo = (last: number) => Uint8Array.from({ length: last + 1 }, (_, i) => i)
    const declared = [...upTo(30)].slice(1)
    expect(foregroundOf(volume(upTo(31)), [1], declared).problems).toMatchObject([{ found: "31 (1 voxel)" }])
    expect(foregroundOf(volume(upTo(99)), [1], declared).problems).toMatchObject([
      { found: expect.stringMatching(/^31 \(1 voxel\), .*38 \(1 voxel\), \.\.\.$/) },
    ])
  })

  it("shows the values of a mask with several, and how to say which are inside", () => {
    const { problems } = foregroundOf(volume(Uint8Array.of(0, 2, 1, 1, 1, 0)), null)
    expect(problems).toEqual([
      {
        message: "the mask holds more than 0 and one other value",
        file: "mask.nii",
        expected:
          "0 outside and one value inside, unless load.source.foreground says which values are inside",
        found: "0 (2 voxels), 1 (3 voxels), 2 (1 voxel)",
        fix: "say which are inside, for instance load.source.foreground: [1, 2]",
      },
    ])
  })

  it("shows up to eight values, and suspects an image from the seventh label on", () => {
    const of = (values: number) =>
      foregroundOf(volume(Uint8Array.from({ length: values }, (_, i) => i)), null).problems[0]!
    const shown = (values: number) => Array.from({ length: values }, (_, i) => `${i} (1 voxel)`).join(", ")
    expect(of(7)).toMatchObject({
      found: shown(7),
      fix: "say which are inside, for instance load.source.foreground: [1, 2, 3, 4, 5, 6]",
    })
    const suspected =
      "check that it is a mask, not an image; if it is, load.source.foreground says which values are inside"
    expect(of(8)).toMatchObject({ found: shown(8), fix: suspected })
    expect(of(9)).toMatchObject({ found: `${shown(8)}, ...`, fix: suspected })
    // Declared values are all counted; no more are shown.
    const declared = Array.from({ length: 20 }, (_, i) => i + 1)
    const { problems } = foregroundOf(volume(Uint8Array.from([0, ...declared])), null, declared)
    expect(problems[0]!.found).toBe(`${shown(8)}, ...`)
  })

  it("suspects an image where a mask should be", () => {
    const { problems } = foregroundOf(volume(Uint8Array.from({ length: 99 }, (_, i) => i)), null)
    expect(problems[0]).toMatchObject({
      found: expect.stringMatching(/7 \(1 voxel\), \.\.\.$/),
      fix: expect.stringMatching(/not an image/),
    })
  })

  it("takes labels that scaling left beside a whole number, and refuses fractions", () => {
    // 255 times 0.00392157 is 1.00000035; the others are off by less and by more than 0.0001.
    for (const value of [0.00392157 * 255, 0.99991, 1.00009]) {
      const voxels = volume(Float64Array.of(0, value, 1e-5))
      for (const labels of [null, [1]])
        expect(foregroundOf(voxels, labels)).toEqual({
          mask: Uint8Array.of(0, 1, 0),
          labels: [1],
          problems: [],
        })
    }
    for (const value of [0.99989, 1.00011])
      expect(foregroundOf(volume(Float64Array.of(0, value)), null).problems).toHaveLength(1)
    for (const labels of [null, [1]])
      expect(foregroundOf(volume(Float32Array.of(0, 1, 0.5)), labels)).toMatchObject({
        labels: [],
        problems: [
          {
            message: "the mask holds fractions",
            file: "mask.nii",
            expected: "whole numbers: 0 outside, labels inside",
            found: "0 (1 voxel), 0.5 (1 voxel), 1 (1 voxel)",
            fix: "if it holds probabilities, decide where inside begins and convert it, for instance with nibabel: nibabel.Nifti1Image((array > 0.5).astype('uint8'), image.affine)",
          },
        ],
      })
  })

  const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 })
  test.prop([values, fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 })])(
    "marks exactly the voxels of the listed labels",
    (voxels, labels) => {
      const { mask } = foregroundOf(volume(Uint8Array.from(voxels)), labels)
      expect([...mask]).toEqual(voxels.map((value) => (labels.includes(value) ? 1 : 0)))
    },
  )
})

describe("foregroundReader", () => {
  const voxels = fc.array(fc.constantFrom(0, 1, 2, 3, 0.5))
  const anyLabels = fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }))
  test.prop([voxels, anyLabels, fc.integer({ min: 1, max: 6 })])(
    "does not depend on how the voxels are cut into blocks",
    (values, labels, size) => {
      const reader = foregroundReader("mask.nii", values.length, labels)
      for (let i = 0; i < values.length; i += size) reader.look(values.slice(i, i + size))
      expect(reader.foreground()).toEqual(foregroundOf(volume(Float32Array.from(values)), labels))
    },
  )

  it("finds a label among however many values, and can take 0 for one", () => {
    const { mask, labels, problems } = foregroundOf(
      volume(Uint8Array.from({ length: 99 }, (_, i) => i)),
      [0, 98],
    )
    expect([mask[0], mask[97], mask[98], labels, problems]).toEqual([1, 0, 1, [0, 98], []])
  })
})

describe("labelProblems", () => {
  const masks = new Map([
    ["a", [1]],
    ["b", []],
    ["c", [1, 3]],
  ])

  it("refuses a listed label that no mask has", () => {
    expect(labelProblems([1, 3], masks)).toEqual([])
    const words = {
      path: "load.source.foreground",
      expected: "labels that at least one of the masks has",
      fix: "list only labels that are there",
    }
    expect(labelProblems([1, 2], masks)).toEqual([
      { ...words, message: "no mask holds the label 2", found: "1, 3 in 3 masks" },
    ])
    // In the order of their values, whichever mask comes first.
    const turned = new Map([...masks].reverse().map(([name, labels]) => [name, [...labels].reverse()]))
    expect(labelProblems([2], turned)).toMatchObject([{ found: "1, 3 in 3 masks" }])
    expect(labelProblems([2, 4], new Map([["a", []]]))).toEqual([
      { ...words, message: "no mask holds the label 2", found: "none of the listed labels in 1 masks" },
      { ...words, message: "no mask holds the label 4", found: "none of the listed labels in 1 masks" },
    ])
  })

  it("refuses different values that mean inside, unless they are listed", () => {
    expect(
      labelProblems(
        null,
        new Map([
          ["a", [255]],
          ["b", []],
          ["c", [255]],
        ]),
      ),
    ).toEqual([])
    const mixed = new Map([
      ["a", [1]],
      ["b", [255]],
      ["c", [255]],
    ])
    expect(labelProblems(null, new Map([...mixed].reverse()))).toMatchObject([
      { found: "1 in a; 255 in c, b", fix: expect.stringContaining("[1, 255]") },
    ])
    const many = new Map(["a", "b", "c", "d", "e"].map((name) => [name, [name === "e" ? 2 : 1]]))
    expect(labelProblems(null, many)).toMatchObject([{ found: "1 in a, b, c, ...; 2 in e" }])
    many.set("d", [2])
    expect(labelProblems(null, many)).toMatchObject([{ found: "1 in a, b, c; 2 in d, e" }])
    const option = { name: "--labels", write: (labels: readonly number[]) => `--labels ${labels.join()}` }
    expect(labelProblems(null, mixed, option, "references")).toMatchObject([
      {
        message: "the references do not agree on the value that means inside",
        path: "--labels",
        expected: "0 and one other value, the same in all references",
        fix: "if all of them mean inside, write --labels 1,255",
      },
    ])
    expect(labelProblems(null, mixed)).toEqual([
      {
        message: "the masks do not agree on the value that means inside",
        path: "load.source.foreground",
        expected: "0 and one other value, the same in all masks",
        found: "1 in a; 255 in b, c",
        fix: "if all of them mean inside, write load.source.foreground: [1, 255]",
      },
    ])
    expect(labelProblems([1, 255], mixed)).toEqual([])
  })
})
