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
    expect(problems).toMatchObject([
      {
        message: "the mask holds more than 0 and one other value",
        found: "0 (2 voxels), 1 (3 voxels), 2 (1 voxel)",
        fix: "say which are inside, for instance load.source.foreground: [1, 2]",
      },
    ])
  })

  it("suspects an image where a mask should be", () => {
    const { problems } = foregroundOf(volume(Uint8Array.from({ length: 99 }, (_, i) => i)), null)
    expect(problems[0]).toMatchObject({
      found: expect.stringMatching(/7 \(1 voxel\), \.\.\.$/),
      fix: expect.stringMatching(/not an image/),
    })
  })

  it("takes labels that scaling left beside a whole number, and refuses fractions", () => {
    const scaled = foregroundOf(volume(Float64Array.of(0, 0.00392157 * 255, 0)), null)
    expect([...scaled.mask]).toEqual([0, 1, 0])
    for (const labels of [null, [1]])
      expect(foregroundOf(volume(Float32Array.of(0, 1, 0.5)), labels).problems).toMatchObject([
        { message: "the mask holds fractions", found: "0 (1 voxel), 0.5 (1 voxel), 1 (1 voxel)" },
      ])
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
    expect(labelProblems([1, 2], masks)).toMatchObject([
      { message: "no mask holds the label 2", found: "1, 3 in 3 masks", path: "load.source.foreground" },
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
    expect(labelProblems(null, mixed)).toMatchObject([
      {
        message: "the masks do not agree on the value that means inside",
        found: "1 in a; 255 in b, c",
        fix: "if all of them mean inside, write load.source.foreground: [1, 255]",
      },
    ])
    expect(labelProblems([1, 255], mixed)).toEqual([])
  })
})
