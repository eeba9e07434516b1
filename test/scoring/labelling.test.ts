import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { labelling } from "../../src/scoring/labelling.ts"
import { refusal } from "../data/support/refusal.ts"

const masked = (voxels: readonly number[], labels: readonly number[] | null = null) => {
  const { look, mask } = labelling(voxels.length, labels, "m.nii")
  look(voxels)
  return mask()
}

describe("labelling", () => {
  it.each([
    ["0 and 1", [0, 1, 1, 0], [0, 1, 1, 0], [1]],
    ["0 and one other value", [255, 0, 255, 255], [1, 0, 1, 1], [255]],
    ["a value below 0", [-2, 0], [1, 0], [-2]],
    ["nothing", [0, 0], [0, 0], []],
    ["one value everywhere", [3, 3], [1, 1], [3]],
    ["0 with a sign", [-0, 1], [0, 1], [1]],
    ["whole numbers as scaling leaves them", [1.00000006, 0.99999994, 0], [1, 1, 0], [1]],
  ])("reads %s", (_, voxels, data, inside) => {
    expect(masked(voxels)).toEqual({ data: Uint8Array.from(data), inside })
  })

  it("takes the labels that are asked for, and says which of them there are", () => {
    expect(masked([0, 1, 2, 3, 2], [2, 3, 7])).toEqual({
      data: Uint8Array.of(0, 0, 1, 1, 1),
      inside: [2, 3],
    })
    expect(masked([0, 1], [2])).toEqual({ data: Uint8Array.of(0, 0), inside: [] })
  })

  it("finds a label among however many values", () => {
    const { data, inside } = masked(
      Array.from({ length: 100 }, (_, i) => i),
      [99],
    )
    expect([data.indexOf(1), data.lastIndexOf(1), inside]).toEqual([99, 99, [99]])
  })

  it("can take the background as a label", () => {
    expect(masked([0, 1, 2], [0, 2]).data).toEqual(Uint8Array.of(1, 0, 1))
  })

  it("does not depend on how the voxels are cut into blocks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 })), fc.nat(5), (voxels, size) => {
        const cut = labelling(voxels.length, [1, 3], "m.nii")
        for (let i = 0; i < voxels.length; i += size + 1) cut.look(voxels.slice(i, i + size + 1))
        expect(cut.mask()).toEqual(masked(voxels, [1, 3]))
        expect([...cut.mask().data]).toEqual(voxels.map((value) => (value % 2 === 1 ? 1 : 0)))
      }),
    )
  })

  it("refuses more values, and shows them with their counts", async () => {
    expect((await refusal(() => masked([0, 2, 2, 0, 1, 0]))).problems).toEqual([
      {
        message: "the mask holds more than 0 and one other value",
        file: "m.nii",
        expected: "0 outside and one value inside, or --labels",
        found: "0 (3 voxels), 1 (1 voxel), 2 (2 voxels)",
        fix: "say which values are inside: --labels 1, or several, separated by commas",
      },
    ])
  })

  it("shows no more than eight of them", async () => {
    const { problems } = await refusal(() => masked(Array.from({ length: 100 }, (_, i) => i)))
    expect(problems[0]!.found).toMatch(/^0 \(1 voxel\), .*7 \(1 voxel\), \.\.\.$/)
  })

  it.each([[null], [[1]]])("refuses fractions, with labels %j", async (labels) => {
    expect((await refusal(() => masked([0, 0.25, 1, 0.75], labels))).problems).toMatchObject([
      { message: "the mask holds fractions", file: "m.nii", found: "2 voxels, the first 0.25" },
    ])
  })
})
